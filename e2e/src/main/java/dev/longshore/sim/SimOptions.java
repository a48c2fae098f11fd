package dev.longshore.sim;

import dev.longshore.client.ApiClient;
import java.util.function.UnaryOperator;

/**
 * What a simulation is made of besides its seed.
 *
 * @param rates       the faults; with {@code faulty} false none happen
 * @param controllers wraps the controllers' client: where tests plant bugs
 * @param scheduler   wraps the scheduler's client
 */
record SimOptions(FaultRates rates, boolean faulty, UnaryOperator<ApiClient> controllers,
        UnaryOperator<ApiClient> scheduler) {
    static final SimOptions FAULTY = new SimOptions(FaultRates.STANDARD, true, UnaryOperator.identity(),
            UnaryOperator.identity());
    static final SimOptions FAULTLESS = new SimOptions(FaultRates.STANDARD, false, UnaryOperator.identity(),
            UnaryOperator.identity());

    SimOptions withControllers(UnaryOperator<ApiClient> wrapper) {
        return new SimOptions(rates, faulty, wrapper, scheduler);
    }

    SimOptions withScheduler(UnaryOperator<ApiClient> wrapper) {
        return new SimOptions(rates, faulty, controllers, wrapper);
    }
}
