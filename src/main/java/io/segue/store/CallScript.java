package io.segue.store;

/**
 * Writes a call's record: a hash of owner, epoch, version, started (ms), ended (0 or 1) and document (JSON). Accepted when owner and epoch are those
 * there and the version grows; the version there already counts as written (its time to live starts anew); a missing key is made again.
 *
 * <p>KEYS: the call. ARGV: owner, epoch, version, ended, TTL in ms, document. Answers {@code [accepted, started]}, accepted being {@code written},
 * {@code same}, {@code fenced} (another owner or epoch) or {@code stale} (an older version).
 */
final class CallScript {
    private CallScript() {}

    static final Script SCRIPT = Script.of("""
            local there = redis.call('HMGET', KEYS[1], 'owner', 'epoch', 'version', 'started')
            local clock = redis.call('TIME')
            local started = there[4] or string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
            if there[1] then
              if there[1] ~= ARGV[1] or there[2] ~= ARGV[2] then return {'fenced', started} end
              if tonumber(there[3]) > tonumber(ARGV[3]) then return {'stale', started} end
              if there[3] == ARGV[3] then
                redis.call('PEXPIRE', KEYS[1], ARGV[5])
                return {'same', started}
              end
            end
            redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'epoch', ARGV[2], 'version', ARGV[3], 'ended', ARGV[4],
              'document', ARGV[6], 'started', started, 'legs', ARGV[7])
            redis.call('PEXPIRE', KEYS[1], ARGV[5])
            return {'written', started}
            """);
}
