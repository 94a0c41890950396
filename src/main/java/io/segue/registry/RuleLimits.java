package io.segue.registry;

/**
 * How large the rules of a policy may be.
 *
 * @param rulesMax rules of a policy
 * @param depthMax conditions within each other: one alone is 1 deep
 * @param conditionsMax conditions of a rule, {@code all}, {@code any} and {@code not} included
 * @param listMax intents, phrases or languages of one condition
 */
public record RuleLimits(int rulesMax, int depthMax, int conditionsMax, int listMax) {
    public static RuleLimits defaults() {
        return new RuleLimits(200, 8, 64, 64);
    }
}
