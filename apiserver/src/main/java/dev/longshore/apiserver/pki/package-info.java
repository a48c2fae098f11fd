/**
 * The cluster's own certificate authority and the certificates and kubeconfigs made with it. Entry class:
 * {@link dev.longshore.apiserver.pki.ClusterCertificates}.
 *
 * <p>Used while a process starts, by its one thread. The package knows files and X.509 and nothing of requests.
 */
package dev.longshore.apiserver.pki;
