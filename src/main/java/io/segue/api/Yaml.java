package io.segue.api;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML (application/yaml, RFC 9512) as plain trees, within limits. Scalars mean what they do in JSON: true and false, numbers, null, and all else is text; so {@code no},
 * dates and times of day stay as they are written.
 */
@ApplicationScoped
public class Yaml {
    private final Limits limits;

    /** What came of reading a file. */
    sealed interface Read {
        record Tree(Map<String, Object> fields) implements Read {}

        record Wrong(Problem problem) implements Read {}
    }

    /** The scalars of JSON (YAML 1.2, 10.2), and a null left empty. */
    private static final class JsonScalars extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
            addImplicitResolver(Tag.INT, Pattern.compile("-?(?:0|[1-9][0-9]*)"), "-0123456789");
            addImplicitResolver(
                    Tag.FLOAT, Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?"), "-0123456789");
            addImplicitResolver(Tag.NULL, Pattern.compile("null|~|"), "n~\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }

    Yaml(Limits limits) {
        this.limits = limits;
    }

    /** Reads one document that is a mapping; no text at all is an empty one. */
    Read read(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return new Read.Tree(Map.of());
        }
        if (body.length > limits.yamlBytesMax()) {
            return new Read.Wrong(Problem.tooLarge(limits.yamlBytesMax()));
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(limits.yamlAliasesMax());
        // It counts what stands within the outermost one.
        options.setNestingDepthLimit(limits.jsonDepthMax() - 1);
        options.setCodePointLimit(limits.yamlBytesMax());
        options.setProcessComments(false);
        DumperOptions unused = new DumperOptions();
        var yaml = new org.yaml.snakeyaml.Yaml(
                new SafeConstructor(options), new Representer(unused), unused, options, new JsonScalars());
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            Object root = yaml.load(text);
            if (root == null) {
                return new Read.Tree(Map.of());
            }
            return root instanceof Map<?, ?> map
                    ? new Read.Tree(copy(map))
                    : wrong("the file has to be a mapping with agents, queues, humans and trunks");
        } catch (MarkedYAMLException e) {
            var at = e.getProblemMark();
            String where = at == null ? "" : " (line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ")";
            return wrong("the file is not YAML that can be taken: " + e.getProblem() + where);
        } catch (YAMLException e) {
            return wrong("the file is not YAML that can be taken: " + e.getMessage());
        } catch (CharacterCodingException e) {
            return wrong("the file is not UTF-8");
        }
    }

    /** Block style, fields in the order of the tree, long lines unbroken: a small change is a small difference. */
    static String text(Map<String, ?> tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(2);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        options.setDereferenceAliases(true);
        return new org.yaml.snakeyaml.Yaml(options).dump(tree);
    }

    private static Read wrong(String detail) {
        String line = detail.lines().findFirst().orElse("");
        return new Read.Wrong(Problem.badYaml(line.chars()
                .filter(c -> !Character.isISOControl(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()));
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> tree = new LinkedHashMap<>();
        map.forEach((key, value) -> tree.put(String.valueOf(key), value));
        return tree;
    }
}
