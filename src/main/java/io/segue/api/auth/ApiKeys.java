package io.segue.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of the REST interface, {@code name:role:secret,…}. The name says who did something; a human's is the id it is configured under.
 * Secrets are kept as SHA-256 only, and compared in a time that does not tell how much of one was right.
 */
public final class ApiKeys {
    static final int SECRET_CHARS_MIN = 16;
    static final int KEYS_MAX = 256;

    private final List<Key> keys;

    /**
     * Who is there.
     *
     * @param name a key's name, or a human's id; a key with the role human stands for the human of its name
     * @param actor as the trail names them: no human's id has a colon, so a key is never taken for the human of its name
     */
    public record Holder(String name, Role role, String actor) {
        static Holder ofKey(String name, Role role) {
            return new Holder(name, role, "key:" + name);
        }

        static Holder ofSession(String human, Role role) {
            return new Holder(human, role, human);
        }
    }

    private record Key(Holder holder, byte[] digest) {}

    /** What came of reading the setting. */
    public sealed interface Read {
        record Ok(ApiKeys keys) implements Read {}

        /** One sentence that names the entry and no secret. */
        record Wrong(String sentence) implements Read {}
    }

    private ApiKeys(List<Key> keys) {
        this.keys = keys;
    }

    public static ApiKeys none() {
        return new ApiKeys(List.of());
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    public static Read read(String setting) {
        List<Key> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : setting.split(",")) {
            if (entry.isBlank()) {
                continue;
            }
            String[] parts = entry.strip().split(":", 3);
            String which = "entry " + (keys.size() + 1) + " of segue.api.keys";
            if (parts.length < 3 || parts[0].isBlank()) {
                return new Read.Wrong(which + " has to be name:role:secret");
            }
            Optional<Role> role = Role.of(parts[1]);
            if (role.isEmpty()) {
                return new Read.Wrong(which + " (" + parts[0] + ") has to have one of the roles " + Role.list());
            }
            if (parts[2].length() < SECRET_CHARS_MIN) {
                return new Read.Wrong(which + " (" + parts[0] + ") has to have a secret of " + SECRET_CHARS_MIN
                        + " characters or more");
            }
            if (!names.add(parts[0])) {
                return new Read.Wrong(which + " has a name that another one has: " + parts[0]);
            }
            if (keys.size() == KEYS_MAX) {
                return new Read.Wrong("segue.api.keys has more than " + KEYS_MAX + " entries");
            }
            keys.add(new Key(Holder.ofKey(parts[0], role.get()), digest(parts[2])));
        }
        return new Read.Ok(new ApiKeys(List.copyOf(keys)));
    }

    /** Who holds the key with this secret. Each key is compared, whether or not one before it matched. */
    public Optional<Holder> holderOf(String secret) {
        byte[] digest = digest(secret);
        Optional<Holder> holder = Optional.empty();
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.digest, digest)) {
                holder = Optional.of(key.holder);
            }
        }
        return holder;
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
