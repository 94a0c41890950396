package io.segue.registry;

import io.segue.human.Human;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link Human}, written down. Of the password only the two digests are kept that its phone is asked for (RFC 8760). */
public final class HumanForm implements Form<Human> {
    /** As long as a digest, and none. */
    private static final String NOBODY = "-".repeat(64);

    private final String realm;
    private final Limits limits;

    public HumanForm(String realm, Limits limits) {
        this.realm = realm;
        this.limits = limits;
    }

    @Override
    public Read<Human> read(String id, Map<String, ?> body, @Nullable Human before) {
        Fields f = Fields.of(body);
        Forms.sameId(f, id);
        Human.Credentials credentials = f.secret("password", limits.secretCharsMax())
                .map(password -> Digests.credentials(id, realm, password))
                .orElse(before == null ? null : before.credentials());
        Human human = human(id, f, credentials);
        if (human.contact() == null && credentials == null && !f.has("contact") && !f.has("password")) {
            f.error("password", "is missing; a human without a fixed contact registers with one");
        }
        f.nothingElse();
        return f.result(() -> human);
    }

    @Override
    public Read<Human> load(String id, Map<String, ?> stored) {
        Fields f = Fields.of(stored);
        Fields secret = f.object("secret");
        String md5 = secret.text("ha1Md5", 32).orElse(null);
        String sha256 = secret.text("ha1Sha256", 64).orElse(null);
        Human.Credentials credentials = md5 == null || sha256 == null ? null : new Human.Credentials(md5, sha256);
        Human human = human(id, f, credentials);
        return f.result(() -> human);
    }

    @Override
    public Map<String, Object> show(Human human) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", human.id());
        tree.put("name", human.name());
        if (human.contact() instanceof String contact) {
            tree.put("contact", contact);
        }
        tree.put("queues", human.queues());
        tree.put("skills", human.skills());
        tree.put("standby", human.standby());
        tree.put("role", Wire.of(human.role()));
        return tree;
    }

    @Override
    public Map<String, Object> store(Human human) {
        Map<String, Object> tree = show(human);
        if (human.credentials() instanceof Human.Credentials credentials) {
            // In one order on every gateway, so that the same document is the same text.
            Map<String, Object> secret = new LinkedHashMap<>();
            secret.put("ha1Md5", credentials.ha1Md5());
            secret.put("ha1Sha256", credentials.ha1Sha256());
            tree.put("secret", secret);
        }
        return tree;
    }

    /** Whether somebody knows a human's password. Takes the same time whether the human is there, has a password, or it is wrong. */
    public boolean proves(String id, String password, @Nullable Human human) {
        byte[] shown = Digests.credentials(id, realm, password).ha1Sha256().getBytes(StandardCharsets.US_ASCII);
        String kept = human == null || human.credentials() == null
                ? NOBODY
                : human.credentials().ha1Sha256();
        return MessageDigest.isEqual(shown, kept.getBytes(StandardCharsets.US_ASCII));
    }

    private Human human(String id, Fields f, Human.@Nullable Credentials credentials) {
        String contact = f.text("contact", limits.urlCharsMax()).orElse(null);
        if (contact != null && SipContact.of(contact).isEmpty()) {
            f.error("contact", "has to be a SIP URI such as sip:100@192.0.2.10:5060, not " + Fields.show(contact));
        }
        return new Human(
                id,
                f.text("name", limits.nameCharsMax()).orElse(id),
                contact,
                credentials,
                f.ids("queues", limits.queuesMax()),
                f.texts("skills", limits.skillsMax(), limits.nameCharsMax()),
                f.flag("standby", false),
                f.oneOf("role", Human.Role.class).orElse(Human.Role.HUMAN));
    }
}
