package io.segue.demo.replay;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One customer's dialogue.
 *
 * @param services that it is about, such as {@code Banks_2}
 */
public record Dialogue(String id, List<String> services, List<Said> turns) {
    /**
     * One thing said.
     *
     * @param reading what a classifier made of it; of a caller's turn only
     * @param action what the agent did with it; of an agent's turn only
     */
    public record Said(
            boolean byCaller,
            String text,
            @Nullable Reading reading,
            @Nullable Action action) {}

    /**
     * @param intent the true one
     * @param predicted the one that was read
     * @param confidence in it, 0 to 1
     */
    public record Reading(String intent, String predicted, double confidence) {
        public boolean isRight() {
            return intent.equals(predicted);
        }
    }

    /**
     * A call of a service.
     *
     * @param parameters as they stand in the file
     */
    public record Action(String method, Map<String, Object> parameters) {}
}
