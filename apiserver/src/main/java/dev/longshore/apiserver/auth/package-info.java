/**
 * Who calls, and whether that one may: {@link dev.longshore.apiserver.auth.CertificateAuthenticator} and
 * {@link dev.longshore.apiserver.auth.Authorizer}.
 *
 * <p>Stateless but for the authoriser's look at the pods of a node; any thread. The package does not know by which
 * edge a request came.
 */
package dev.longshore.apiserver.auth;
