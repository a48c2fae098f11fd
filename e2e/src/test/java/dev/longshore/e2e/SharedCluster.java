package dev.longshore.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one cluster that all of them share: started by the first, removed after the last. Tests work in
 * namespaces of their own.
 */
final class SharedCluster implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedCluster.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public TestCluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The root store closes what it holds when the whole run ends.
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent("cluster", _ -> start(), TestCluster.class);
    }

    private static TestCluster start() {
        TestCluster cluster = new TestCluster();
        cluster.up().succeeded();
        return cluster;
    }
}
