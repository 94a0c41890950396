package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console as the packaged gateway serves it. */
class ConsoleIT {
    /** gzipped; what is loaded later does not count. */
    private static final int FIRST_VIEW_BYTES_MAX = 250 * 1024;

    private static final Pattern LOADED =
            Pattern.compile("(?:src|href)=\"(/[^\"]+)\"|(?:from|import)\\s*[\"']\\./([^\"']+)[\"']");

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void thereIsOne() {
        Programs.needConsole(FlowGateway.get().http());
    }

    @Test
    void servesAPageOnWhichNothingRunsButItsOwnCode() throws Exception {
        HttpResponse<byte[]> page = get("/", "identity");
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'self'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertTrue(policy.contains("require-trusted-types-for 'script'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals(
                "nosniff", page.headers().firstValue("X-Content-Type-Options").orElse(""));
        assertEquals("same-origin", page.headers().firstValue("Referrer-Policy").orElse(""));
        String html = new String(page.body(), StandardCharsets.UTF_8);
        assertTrue(html.contains("<segue-app>"), html);
    }

    @Test
    void theFirstViewIsSmall() throws Exception {
        Set<String> seen = new HashSet<>(Set.of("/"));
        Queue<String> left = new ArrayDeque<>(seen);
        int bytes = 0;
        while (!left.isEmpty()) {
            String path = left.remove();
            bytes += get(path, "gzip").body().length;
            String text = new String(get(path, "identity").body(), StandardCharsets.UTF_8);
            LOADED.matcher(text)
                    .results()
                    .map(found -> found.group(1) == null ? "/assets/" + found.group(2) : found.group(1))
                    .filter(seen::add)
                    .forEach(left::add);
        }
        assertTrue(seen.size() >= 4, "page, theme, style and script, but there is " + seen);
        assertTrue(bytes <= FIRST_VIEW_BYTES_MAX, bytes + " bytes: " + seen);
    }

    private HttpResponse<byte[]> get(String path, String encoding) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(FlowGateway.get().http().resolve(path))
                        .header("Accept-Encoding", encoding)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
