/**
 * Local copies of resources. Entry class: {@link dev.longshore.client.informer.Informer}.
 *
 * <p>An informer's contents are changed by the thread that delivers its watch and may be read from any; listeners run on
 * the changing thread and must not block. The package does not know what is done with the objects, nor who writes them.
 */
package dev.longshore.client.informer;
