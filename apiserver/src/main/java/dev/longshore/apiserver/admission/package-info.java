/**
 * Rules that every write passes before it is stored and that depend on more than the object itself.
 *
 * <p>Entry class: {@link dev.longshore.apiserver.admission.AdmissionChain}, the list of the steps in their order.
 * Steps run
 * on the thread of the request and may read objects through {@link dev.longshore.apiserver.admission.ObjectReader};
 * they
 * know no store. A new step is one class and one line in the chain.
 */
package dev.longshore.apiserver.admission;
