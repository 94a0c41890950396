package io.segue.net.ws;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private final Origins origins = new Origins(List.of("https://Desk.example/", "http://localhost:5173"));

    @Test
    void admitsTheHostThatIsAskedForAndThoseNamed() {
        assertTrue(origins.admit("https://segue.example", "segue.example"));
        assertTrue(origins.admit("https://segue.example", "Segue.Example:443"));
        assertTrue(origins.admit("http://segue.example:8080", "segue.example:8080"));
        assertTrue(origins.admit("http://[::1]:8080", "[::1]:8080"));
        assertTrue(origins.admit("https://desk.example", "segue.example"));
        assertTrue(origins.admit("http://localhost:5173", "localhost:8080"));
    }

    @Test
    void refusesAnotherHostAnotherPortAndWhatIsNone() {
        assertFalse(origins.admit("https://evil.example", "segue.example"));
        assertFalse(origins.admit("https://segue.example.evil.example", "segue.example"));
        assertFalse(origins.admit("http://segue.example:8081", "segue.example:8080"));
        assertFalse(origins.admit("http://desk.example", "segue.example"));
        assertFalse(origins.admit("null", "segue.example"));
        assertFalse(origins.admit("", "segue.example"));
        assertFalse(origins.admit("http://", null));
    }

    @Test
    void admitsWhatIsNoBrowserAndEverybodyWhereThatIsSaid() {
        assertTrue(origins.admit(null, "segue.example"));
        assertTrue(new Origins(List.of("*")).admit("https://anywhere.example", "segue.example"));
    }
}
