package io.segue.review;

/** A share and how far it can be trusted: Wilson's 95 % interval (Journal of the American Statistical Association 22, 1927). */
public record Interval(double share, double low, double high) {
    private static final double Z = 1.959963984540054;

    /**
     * @param hits 0 to n; may be weighted
     * @param n 1 or more
     */
    public static Interval of(double hits, double n) {
        double p = hits / n;
        double z2 = Z * Z;
        double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return new Interval(p, Math.max(0, middle - half), Math.min(1, middle + half));
    }
}
