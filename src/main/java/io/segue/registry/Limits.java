package io.segue.registry;

/**
 * How much may be configured.
 *
 * @param documentsMax agents, queues, humans and trunks, of each
 * @param nameCharsMax a name, an owner, a skill
 * @param urlCharsMax a URL or SIP URI
 * @param secretCharsMax a password or secret
 * @param numbersMax called numbers of an agent
 * @param intentsMax intents with a threshold of their own
 * @param phrasesMax phrases of an agent
 * @param boundariesMax boundaries of an agent
 * @param overflowMax steps of a queue's overflow
 * @param queuesMax queues of a human
 * @param skillsMax skills of a human
 * @param networksMax networks of a trunk
 * @param rules how large the rules of a policy may be
 */
public record Limits(
        int documentsMax,
        int nameCharsMax,
        int urlCharsMax,
        int secretCharsMax,
        int numbersMax,
        int intentsMax,
        int phrasesMax,
        int boundariesMax,
        int overflowMax,
        int queuesMax,
        int skillsMax,
        int networksMax,
        RuleLimits rules) {
    public static Limits defaults() {
        return new Limits(10_000, 128, 1024, 512, 256, 256, 256, 128, 16, 64, 64, 256, RuleLimits.defaults());
    }

    public Limits withDocumentsMax(int max) {
        return new Limits(
                max,
                nameCharsMax,
                urlCharsMax,
                secretCharsMax,
                numbersMax,
                intentsMax,
                phrasesMax,
                boundariesMax,
                overflowMax,
                queuesMax,
                skillsMax,
                networksMax,
                rules);
    }
}
