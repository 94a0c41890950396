package io.segue.it;

import io.segue.bench.GatewayProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** baresip without a sound card: it registers with digest, answers by itself and plays a tone from a file. */
final class Baresip implements AutoCloseable {
    private static final List<Path> MODULES = List.of(
            Path.of("/usr/lib/baresip/modules"),
            Path.of("/usr/lib/x86_64-linux-gnu/baresip/modules"),
            Path.of("/usr/lib/aarch64-linux-gnu/baresip/modules"),
            Path.of("/usr/local/lib/baresip/modules"));
    private static final int RATE = 8_000;
    private static final int TONE_SECONDS = 60;
    private static final double TONE_PEAK = 8_000;

    private final Process process;
    private final Path log;

    private Baresip(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it as a human's phone.
     *
     * @param hertz the tone it plays, a multiple of 100
     */
    static Baresip registers(String user, String password, int hertz) throws IOException {
        int gateway = SipGateway.get().seen().sip().getPort();
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), "baresip")
                .toAbsolutePath();
        Path tone = folder.resolve("tone.wav");
        Files.write(tone, wave(hertz));
        Files.writeString(
                folder.resolve("accounts"),
                "<sip:" + user + "@127.0.0.1:" + gateway + ";transport=udp>;auth_user=" + user + ";auth_pass="
                        + password + ";answermode=auto;audio_codecs=PCMU/8000/1;regint=60\n");
        Files.writeString(folder.resolve("contacts"), "");
        Files.writeString(
                folder.resolve("config"), """
                poll_method epoll
                sip_listen 127.0.0.1:%d
                net_interface 127.0.0.1
                call_max_calls 4
                audio_source aufile,%s
                audio_player aubridge,nowhere
                ausrc_srate 8000
                auplay_srate 8000
                ausrc_channels 1
                auplay_channels 1
                audio_txmode thread
                rtp_ports %s
                module_path %s
                module g711.so
                module aufile.so
                module aubridge.so
                module_app account.so
                """.formatted(GatewayProcess.freeBoth(), tone, "50000-50999", modules()));
        Path log = folder.resolve("baresip.log");
        Process process = new ProcessBuilder(
                        "stdbuf", "-oL", "baresip", "-4", "-s", "-f", folder.toString(), "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile())
                .start();
        return new Baresip(process, log);
    }

    private static Path modules() {
        return MODULES.stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("baresip's modules are in none of " + MODULES));
    }

    /** A sine as a WAV file, 16 bits, mono. */
    private static byte[] wave(int hertz) {
        int samples = RATE * TONE_SECONDS;
        ByteBuffer wave = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wave.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
        wave.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wave.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
        wave.putShort((short) 2).putShort((short) 16);
        wave.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            wave.putShort((short) Math.round(TONE_PEAK * Math.sin(2 * Math.PI * hertz * i / RATE)));
        }
        return wave.array();
    }

    /** What it has said so far, with every SIP message it has sent or received. */
    String said() throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    /** How often it has been answered so. */
    long received(String statusLine) throws IOException {
        return Arrays.stream(said().split("\n", -1))
                .filter(line -> line.contains("SIP/2.0 " + statusLine))
                .count();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        Programs.end(process);
    }
}
