package io.segue.registry;

import io.segue.human.Human;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link Human}, written down. Of the password only the two digests are kept that its phone is asked for (RFC 8760). */
public final class HumanForm implements Form<Human> {
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
        return tree;
    }

    @Override
    public Map<String, Object> store(Human human) {
        Map<String, Object> tree = show(human);
        if (human.credentials() instanceof Human.Credentials credentials) {
            tree.put("secret", Map.of("ha1Md5", credentials.ha1Md5(), "ha1Sha256", credentials.ha1Sha256()));
        }
        return tree;
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
                f.flag("standby", false));
    }
}
