package io.segue.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * A real browser without a window. Its microphone says {@link io.segue.demo.ear.Voice#HUMAN_HERTZ} in bursts, because a tone that does not pause is noise to a
 * browser. Elements are looked for in all shadow trees.
 */
final class Chromium implements AutoCloseable {
    private static final String FIND = """
            const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]);
            return all(document).find((e) => e.matches(arguments[0]) && e.textContent.includes(arguments[1])
              && e.checkVisibility({ visibilityProperty: true })) ?? null;""";
    /** Keeps the page's connections and what broke its policy where a test can look at them. */
    private static final String WATCH = """
            window.connections = [];
            window.violations = [];
            window.sockets = [];
            window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
              construct(target, args) { const made = new target(...args); window.connections.push(made); return made; } });
            window.WebSocket = new Proxy(window.WebSocket, {
              construct(target, args) { const made = new target(...args); window.sockets.push(made); return made; } });
            addEventListener('securitypolicyviolation', (e) => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));""";
    /** The loudest frequency of what the page plays, in hertz; 0 for none above -60 dBFS. */
    private static final String HEARD = """
            const connection = window.connections.at(-1);
            const track = connection?.getReceivers().find((r) => r.track.kind === 'audio')?.track;
            if (!track) { return 0; }
            if (window.ear?.track !== track) {
              const context = new AudioContext();
              const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
              context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
              window.ear = { track, analyser, rate: context.sampleRate };
            }
            const { analyser, rate } = window.ear;
            const bins = new Float32Array(analyser.frequencyBinCount);
            analyser.getFloatFrequencyData(bins);
            const loudest = bins.reduce((best, level, i) => level > bins[best] ? i : best, 0);
            return bins[loudest] < -60 ? 0 : Math.round(loudest * rate / analyser.fftSize);""";

    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
    private static final int SAMPLE_RATE = 48_000;
    private static final int BIN_HERTZ = 50;

    private final URI http;
    private final ChromeDriver driver;

    private Chromium(URI http, ChromeDriver driver) {
        this.http = http;
        this.driver = driver;
    }

    /** Skips the test where there is no Chromium. Nothing is fetched: both programs are named to the driver. */
    static Chromium open(URI http, int microphoneHertz) {
        // What it says of DevTools is of a protocol version that nothing here uses.
        SELENIUM.setLevel(Level.SEVERE);
        File browser = Programs.need("chromium", "chromium");
        File chromedriver = Programs.need("chromedriver", "chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-gpu",
                "--window-size=1280,1000",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-audio-capture=" + microphone(microphoneHertz));
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver)
                        .usingAnyFreePort()
                        .build(),
                options);
        Chromium chromium = new Chromium(http, driver);
        chromium.watch();
        driver.get(http.toString());
        return chromium;
    }

    /** Skips the test where there is none. */
    static void need() {
        Programs.need("chromium", "chromium");
        Programs.need("chromedriver", "chromium-driver");
    }

    private void watch() {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    }

    private static Path microphone(int hertz) {
        int samples = SAMPLE_RATE / 2;
        ByteBuffer wav = ByteBuffer.allocate(44 + samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples * 2);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        wav.putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * 2).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples * 2);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (i < samples / 2 ? 20_000 * Math.sin(2 * Math.PI * hertz * i / SAMPLE_RATE) : 0));
        }
        try {
            Path file = Files.createDirectories(Path.of("target", "it", "microphones"))
                    .toAbsolutePath()
                    .resolve(hertz + ".wav");
            return Files.write(file, wav.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<WebElement> look(String selector, String text) {
        return Optional.ofNullable((WebElement) driver.executeScript(FIND, selector, text));
    }

    /** Whether something is on the screen now. */
    boolean shows(String selector, String text) {
        return look(selector, text).isPresent();
    }

    /** Waits until something that contains a text is on the screen. */
    WebElement sees(String selector, String text) {
        return Until.found(selector + " with \"" + text + "\" on the screen", () -> look(selector, text));
    }

    /** Presses it once it is there and can be pressed. */
    void press(String selector, String text) {
        Until.holds(selector + " \"" + text + "\" can be pressed", () -> pressed(selector, text));
    }

    private boolean pressed(String selector, String text) {
        try {
            Optional<WebElement> found = look(selector, text).filter(WebElement::isEnabled);
            found.ifPresent(WebElement::click);
            return found.isPresent();
        } catch (StaleElementReferenceException | ElementNotInteractableException e) {
            // It was drawn anew, or something lies over it for now.
            return false;
        }
    }

    void press(String button) {
        press("button", button);
    }

    void writes(String selector, String text) {
        WebElement field = sees(selector, "");
        field.clear();
        field.sendKeys(text);
    }

    /** Presses keys where the focus is. */
    void keys(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses a key again until something is on the screen: what has just appeared takes no key at first. */
    void keysUntil(String key, String selector, String text) {
        Until.holds(selector + " with \"" + text + "\" after " + key, () -> {
            if (shows(selector, text)) {
                return true;
            }
            keys(key);
            return shows(selector, text);
        });
    }

    /** The other of light and dark, whatever is open. */
    void switchTheme() {
        run(
                "document.documentElement.dataset.theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'");
    }

    /** Goes to a view by its address. */
    void goTo(String view) {
        run("location.hash = '#/" + view + "'");
    }

    /** Waits until the page plays a tone. */
    void hears(int hertz) {
        Until.holds("the page hears " + hertz + " Hz", () -> Math.abs(heard() - hertz) <= BIN_HERTZ);
    }

    /** The loudest frequency of what the page plays now, in hertz; 0 for silence. */
    int heard() {
        return ((Number) driver.executeScript(HEARD)).intValue();
    }

    /** Signs in as a human, and waits for the phone. */
    void signIn(String human, String password) {
        writes("input[name=human]", human);
        writes("input[name=password]", password);
        press("Sign in");
        sees("p.soft", "Phone ready");
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    Object runLater(String script) {
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
        return driver.executeAsyncScript(script);
    }

    /** Breaks the page's SIP as a lost network does: from its side nobody says good-bye to anybody. */
    void losesItsSocket() {
        run("window.sockets.filter((s) => s.url.endsWith('/sip')).forEach((s) => s.close());");
    }

    void reload() {
        driver.navigate().refresh();
    }

    /** Another tab, in front. */
    String newTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        watch();
        driver.get(http.toString());
        return driver.getWindowHandle();
    }

    String tab() {
        return driver.getWindowHandle();
    }

    void toTab(String tab) {
        driver.switchTo().window(tab);
    }

    /** As somebody closes a tab. */
    void leave() {
        driver.get("about:blank");
    }

    /** Writes what is shown to the folder that {@code segue.screenshots} names, if it does. */
    void picture(String name) {
        String folder = System.getProperty("segue.screenshots", "");
        if (!folder.isEmpty()) {
            try {
                Files.createDirectories(Path.of(folder));
                Files.write(Path.of(folder, name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What axe has against the page by WCAG 2.2 AA, as lines; the npm build of the console has fetched it. */
    List<String> barriers() {
        Path axe = Path.of("src", "main", "webui", "node_modules", "axe-core", "axe.min.js");
        try {
            run(Files.readString(axe));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        @SuppressWarnings("unchecked")
        List<String> found = (List<String>) runLater("""
                const done = arguments[0];
                axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(
                  (result) => done(result.violations.flatMap((v) => v.nodes.map((n) => v.id + ': ' + n.target.join(' ') + ': ' + n.failureSummary))),
                  (error) => done(['axe: ' + error]));""");
        return found;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
