package io.segue.store;

import java.util.List;

/**
 * Configured documents in Redis: one script, so that a change and its announcement are one thing.
 *
 * <p>KEYS are {@link #KEYS}. ARGV: channel, operation, then: write unfiledMax (kind id JSON condition memo)*; all; give (kind id JSON)*. Kinds count from 1; JSON
 * is empty for a deletion; a condition is empty, {@code *} (there), {@code -} (absent) or a version; no memo is empty. A stored document begins with its version.
 */
final class DocumentsScript {
    static final String CHANNEL = "segue:{documents}";

    /** Changes that wait to be filed. */
    static final String UNFILED = "segue:{documents}:unfiled";

    /** Documents of each kind by id, the last number, when this memory began, versions, changes that wait to be filed by number. */
    static final List<String> KEYS = List.of(
            "segue:{documents}:agent",
            "segue:{documents}:queue",
            "segue:{documents}:human",
            "segue:{documents}:trunk",
            "segue:{documents}:number",
            "segue:{documents}:born",
            "segue:{documents}:version",
            UNFILED);

    private DocumentsScript() {}

    static final Script SCRIPT = Script.of("""
            local channel, op = ARGV[1], ARGV[2]
            local clock = redis.call('TIME')
            redis.call('SETNX', KEYS[6], clock[1] .. '.' .. clock[2])
            local born = redis.call('GET', KEYS[6])
            local ms = string.format('%.0f', clock[1] * 1000 + math.floor(clock[2] / 1000))
            local function tell(number, kind, id, json)
              redis.call('PUBLISH', channel, string.format('%.0f', number) .. '\\n' .. kind .. '\\n' .. id .. '\\n' .. json)
            end
            local function versionOf(json)
              return json and string.match(json, '^{"version":(%d+)') or '0'
            end
            local function bare(json)
              if versionOf(json) == '0' then return json end
              return '{' .. string.gsub(string.gsub(json, '^{"version":%d+,"changedAt":%d+', ''), '^,', '')
            end
            local function stamped(version, field, json)
              return '{"version":' .. version .. ',"' .. field .. '":' .. ms .. (json == '{}' and '}' or ',' .. string.sub(json, 2))
            end
            if op == 'write' then
              for i = 4, #ARGV, 5 do
                local there = redis.call('HGET', KEYS[tonumber(ARGV[i])], ARGV[i + 1])
                local wanted = ARGV[i + 3]
                if not (wanted == '' or (wanted == '*' and there) or (wanted == '-' and not there) or (there and wanted == versionOf(there))) then
                  return {0, born, 'otherwise', (i - 4) / 5}
                end
              end
              local memos = 0
              for i = 8, #ARGV, 5 do
                if ARGV[i] ~= '' then memos = memos + 1 end
              end
              if memos > 0 and redis.call('ZCARD', KEYS[8]) + memos > tonumber(ARGV[3]) then
                return {0, born, 'full'}
              end
              local answer = {0, born, 'done'}
              for i = 4, #ARGV, 5 do
                local kind, id, json, memo = tonumber(ARGV[i]), ARGV[i + 1], ARGV[i + 2], ARGV[i + 4]
                local there = redis.call('HGET', KEYS[kind], id)
                local number, changed = redis.call('INCR', KEYS[5]), 1
                if (json == '' and not there) or (there and bare(there) == json) then
                  json, changed = there or '', 0
                else
                  local counter = kind .. '/' .. id
                  local version = redis.call('HINCRBY', KEYS[7], counter, 1)
                  if version <= tonumber(versionOf(there)) then
                    version = tonumber(versionOf(there)) + 1
                    redis.call('HSET', KEYS[7], counter, version)
                  end
                  version = string.format('%.0f', version)
                  if json == '' then
                    redis.call('HDEL', KEYS[kind], id)
                  else
                    json = stamped(version, 'changedAt', json)
                    redis.call('HSET', KEYS[kind], id, json)
                  end
                  tell(number, kind, id, json)
                  if memo ~= '' then
                    redis.call('ZADD', KEYS[8], number, kind .. '\\n' .. id .. '\\n' .. stamped(version, 'at', memo))
                  end
                end
                answer[1] = number
                answer[#answer + 1] = {number, changed, json}
              end
              return answer
            elseif op == 'give' then
              for i = 3, #ARGV, 3 do
                if redis.call('HSETNX', KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2]) == 1 then
                  redis.call('HSET', KEYS[7], ARGV[i] .. '/' .. ARGV[i + 1], versionOf(ARGV[i + 2]))
                  tell(redis.call('INCR', KEYS[5]), ARGV[i], ARGV[i + 1], ARGV[i + 2])
                end
              end
              return {0, born, 0}
            end
            return {tonumber(redis.call('GET', KEYS[5]) or '0'), born, redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2]),
              redis.call('HGETALL', KEYS[3]), redis.call('HGETALL', KEYS[4])}
            """);
}
