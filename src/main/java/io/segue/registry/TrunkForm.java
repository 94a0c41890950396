package io.segue.registry;

import io.segue.trunk.Network;
import io.segue.trunk.Trunk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Trunk}, written down. */
public final class TrunkForm implements Form<Trunk> {
    private static final int NETWORK_CHARS_MAX = 64;

    private final Limits limits;

    public TrunkForm(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Read<Trunk> read(String id, Map<String, ?> body, @Nullable Trunk before) {
        Fields f = Fields.of(body);
        Forms.sameId(f, id);
        Optional<String> username = f.text("username", limits.nameCharsMax());
        Optional<String> password = f.secret("password", limits.secretCharsMax());
        if (username.isEmpty() && password.isPresent()) {
            f.error("username", "is missing; a password alone is of no use");
        }
        String kept = before == null || username.isEmpty() ? null : before.password();
        String used = password.orElse(kept);
        if (username.isPresent() && used == null && !f.has("password")) {
            f.error("password", "is missing; a username alone is of no use");
        }
        Trunk trunk = new Trunk(id, networks(f), username.orElse(null), used, realm(f));
        if (username.isEmpty() && trunk.realm() != null) {
            f.error("username", "is missing; a realm alone is of no use");
        }
        f.nothingElse();
        return f.result(() -> trunk);
    }

    @Override
    public Read<Trunk> load(String id, Map<String, ?> stored) {
        Fields f = Fields.of(stored);
        Trunk trunk = new Trunk(
                id,
                networks(f),
                f.text("username", limits.nameCharsMax()).orElse(null),
                f.object("secret").secret("password", limits.secretCharsMax()).orElse(null),
                realm(f));
        return f.result(() -> trunk);
    }

    @Override
    public Map<String, Object> show(Trunk trunk) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", trunk.id());
        tree.put("addresses", trunk.addresses().stream().map(Network::toString).toList());
        if (trunk.username() instanceof String username) {
            tree.put("username", username);
        }
        String realm = trunk.realm();
        if (realm != null) {
            tree.put("realm", realm);
        }
        return tree;
    }

    @Override
    public Map<String, Object> store(Trunk trunk) {
        Map<String, Object> tree = show(trunk);
        if (trunk.password() instanceof String password) {
            tree.put("secret", Map.of("password", password));
        }
        return tree;
    }

    private @Nullable String realm(Fields f) {
        return f.text("realm", limits.nameCharsMax()).orElse(null);
    }

    private List<Network> networks(Fields f) {
        List<String> texts = f.texts("addresses", limits.networksMax(), NETWORK_CHARS_MAX);
        if (!f.has("addresses") || (texts.isEmpty() && f.isEmptyList("addresses"))) {
            f.error("addresses", "is missing; a trunk without an address could never call");
        }
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            try {
                networks.add(Network.of(text));
            } catch (IllegalArgumentException e) {
                f.error("addresses", String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(networks);
    }
}
