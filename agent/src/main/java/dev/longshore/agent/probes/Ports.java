package dev.longshore.agent.probes;

import dev.longshore.api.core.v1.Container;
import dev.longshore.api.core.v1.ContainerPort;
import dev.longshore.api.intstr.IntOrString;
import dev.longshore.api.values.IntOrStrings;
import java.util.OptionalInt;

/** Finds a port that may be given by number or by a name of the container's ports. */
final class Ports {
    private Ports() {
    }

    static OptionalInt resolve(Container container, IntOrString port) {
        if (IntOrStrings.isInt(port)) {
            return OptionalInt.of(port.getIntVal());
        }
        return container.getPortsList().stream().filter(item -> item.getName().equals(port.getStrVal()))
                .mapToInt(ContainerPort::getContainerPort).findFirst();
    }
}
