package io.segue.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RegisterLimiterTest {
    private static final InetAddress A = InetAddress.ofLiteral("198.18.0.1");
    private static final InetAddress B = InetAddress.ofLiteral("198.18.0.2");

    @Test
    void takesAMinutesWorthAtOnceAndThenOneAtATime() {
        RegisterLimiter limiter = new RegisterLimiter(AdmissionTest.limits(60, 1000));
        for (int i = 0; i < 60; i++) {
            assertTrue(limiter.admit(A, 0));
        }
        assertFalse(limiter.admit(A, 0));
        assertFalse(limiter.admit(A, 999));
        assertTrue(limiter.admit(A, 1_000));
        assertFalse(limiter.admit(A, 1_001));
        assertTrue(limiter.admit(B, 1_001));
    }

    @Test
    void takesNoMoreThanTheLimitOfAllTogether() {
        RegisterLimiter limiter = new RegisterLimiter(AdmissionTest.limits(60, 2));
        assertTrue(limiter.admit(A, 0));
        assertTrue(limiter.admit(B, 0));
        assertFalse(limiter.admit(B, 0));
        assertTrue(limiter.admit(B, 500));
    }

    @Test
    void anIpv6SourceIsItsSubnet() {
        RegisterLimiter limiter = new RegisterLimiter(AdmissionTest.limits(1, 100));
        assertTrue(limiter.admit(InetAddress.ofLiteral("2001:db8::1"), 0));
        assertFalse(limiter.admit(InetAddress.ofLiteral("2001:db8::2"), 0));
        assertTrue(limiter.admit(InetAddress.ofLiteral("2001:db8:0:1::1"), 0));
    }

    @Test
    void remembersNoMoreSourcesThanTheLimit() {
        RegisterLimiter limiter = new RegisterLimiter(AdmissionTest.limits(1, 1000));
        for (int i = 1; i <= 5; i++) {
            assertTrue(limiter.admit(InetAddress.ofLiteral("198.18.1." + i), 0));
        }
        assertEquals(5, limiter.size());
        assertFalse(limiter.admit(InetAddress.ofLiteral("198.18.1.1"), 0));
        assertTrue(limiter.admit(InetAddress.ofLiteral("198.18.1.6"), 0));
        assertEquals(5, limiter.size());
        assertTrue(limiter.admit(InetAddress.ofLiteral("198.18.1.2"), 0), "the one heard of least lately is forgotten");
    }
}
