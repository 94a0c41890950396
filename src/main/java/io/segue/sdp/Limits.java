package io.segue.sdp;

/**
 * How large a description may be.
 *
 * @param octetsMax the whole body
 * @param linesMax its lines
 * @param mediaMax its m= lines
 * @param formatsMax formats in one m= line
 */
public record Limits(int octetsMax, int linesMax, int mediaMax, int formatsMax) {

    public static Limits defaults() {
        return new Limits(16_384, 500, 16, 64);
    }
}
