package io.segue.store;

import java.util.List;

/**
 * The desk in Redis: one script, so that whatever happens to a human happens to all gateways at once. Each run first frees whose lease has expired.
 * The rules are those of {@link Line}, where they are spelt out in Java; a test holds the two against each other.
 *
 * <p>KEYS are {@link #KEYS}. ARGV: operation, channel, gateway, grace ms, then the operation's own. Answers {@code [ms, changed, result]}: Redis's
 * clock, the changed humans as {@link Place#write}, and what the operation gives.
 */
final class DeskScript {
    static final String CHANNEL = "segue:{humans}";

    /** Humans, the free ones by place, leases, who is held for pre-warms, when a gateway was last seen, gateways, whose leg stands by where. */
    static final List<String> KEYS = List.of(
            "segue:{humans}:desk",
            "segue:{humans}:line",
            "segue:{humans}:leases",
            "segue:{humans}:prewarmed",
            "segue:{humans}:beat",
            "segue:{humans}:nodes",
            "segue:{humans}:keepers");

    private DeskScript() {}

    static final Script SCRIPT = Script.of("""
            local desk, line, leases, warm, beat, nodes, keepers = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
            local op, channel, node, grace = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
            local clock = redis.call('TIME')
            local us = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
            local ms = math.floor(us / 1000)
            local changed = {}
            local function int(n) return string.format('%.0f', n) end

            local function parse(text)
              local f = {}
              for value in string.gmatch(text .. '|', '([^|]*)|') do f[#f + 1] = value end
              return {human = f[1], chosen = f[2], state = f[3], since = f[4], place = f[5], handoff = f[6], call = f[7],
                node = f[8], lease = f[9], unanswered = f[10], warm = f[11], revision = f[12]}
            end
            local function get(human)
              local text = redis.call('HGET', desk, human)
              return parse(text or (human .. '|0|AWAY|0|0||||0|0|0|0'))
            end
            local function put(r)
              r.revision = int(tonumber(r.revision) + 1)
              local text = table.concat({r.human, r.chosen, r.state, r.since, r.place, r.handoff, r.call, r.node, r.lease,
                r.unanswered, r.warm, r.revision}, '|')
              redis.call('HSET', desk, r.human, text)
              if r.handoff == '' and r.chosen == '1' then
                redis.call('ZADD', line, r.place, r.human)
              else
                redis.call('ZREM', line, r.human)
              end
              if r.handoff == '' then redis.call('ZREM', leases, r.human) end
              if r.warm == '1' then redis.call('SADD', warm, r.human) else redis.call('SREM', warm, r.human) end
              changed[#changed + 1] = text
            end
            local function lease(r)
              redis.call('ZADD', leases, int(ms + tonumber(r.lease)), r.human)
            end
            local function free(r)
              r.handoff, r.call, r.node, r.lease, r.warm, r.since = '', '', '', '0', '0', int(ms)
              r.state = r.chosen == '1' and 'AVAILABLE' or 'AWAY'
              put(r)
            end

            -- When no gateway has been seen for a while, it was Redis that was away: who holds a human had no way to say so.
            local seen = tonumber(redis.call('GET', beat) or '0')
            redis.call('SET', beat, int(ms))
            for _, human in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', int(ms))) do
              local r = get(human)
              if r.handoff == '' then
                redis.call('ZREM', leases, human)
              elseif ms - seen > grace then
                redis.call('ZADD', leases, int(ms + math.max(grace, tonumber(r.lease))), human)
              else
                if r.state == 'TALKING' or r.state == 'WRAP_UP' then r.place = int(us) end
                free(r)
              end
            end

            local function alive(gateway)
              local seen = redis.call('HGET', nodes, gateway)
              return seen and ms - tonumber(seen) <= math.max(grace, 1) * 3
            end
            local function keptElsewhere(human)
              local keeper = redis.call('HGET', keepers, human)
              return keeper and keeper ~= node and alive(keeper)
            end
            local function hold(r, handoff, call, length, pre)
              r.state, r.since, r.handoff, r.call, r.node, r.lease, r.warm = 'RESERVED', int(ms), handoff, call, node, length, pre
              put(r)
              lease(r)
            end

            local run = {}
            function run.reserve()
              local handoff, call, most, length, pre = ARGV[5], ARGV[6], tonumber(ARGV[7]), ARGV[8], ARGV[9]
              local pool, idle, held = {}, 0, 0
              for from = 10, #ARGV, 1000 do
                local ids = {}
                for i = from, math.min(from + 999, #ARGV) do ids[#ids + 1] = string.sub(ARGV[i], 2) end
                local scores = redis.call('ZMSCORE', line, unpack(ids))
                for i, score in ipairs(scores) do
                  if score then
                    idle = idle + 1
                    if string.sub(ARGV[from + i - 1], 1, 1) == '+' then pool[#pool + 1] = {tonumber(score), ids[i]} end
                  end
                end
                if pre == '1' then
                  for _, is in ipairs(redis.call('SMISMEMBER', warm, unpack(ids))) do held = held + is end
                end
              end
              if pre == '1' then most = math.min(most, math.max(1, math.floor((idle + held) / 5)) - held) end
              table.sort(pool, function(a, b) if a[1] == b[1] then return a[2] < b[2] end return a[1] < b[1] end)
              local got = {}
              for _, free in ipairs(pool) do
                if #got >= most then break end
                if not keptElsewhere(free[2]) then
                  hold(get(free[2]), handoff, call, length, pre)
                  got[#got + 1] = free[2]
                end
              end
              return got
            end
            -- One whose leg stands by on the gateway that asks: nobody else could have taken them.
            function run.take()
              local r = get(ARGV[5])
              if r.handoff ~= '' and r.handoff ~= ARGV[6] then return {} end
              hold(r, ARGV[6], ARGV[7], ARGV[8], ARGV[9])
              return {r.human}
            end
            -- Everybody whose leg stands by on this gateway; answers whom no other live gateway keeps.
            function run.keep()
              local wanted, kept = {}, {}
              for i = 5, #ARGV do wanted[ARGV[i]] = true end
              local all = redis.call('HGETALL', keepers)
              for i = 1, #all, 2 do
                if all[i + 1] == node and not wanted[all[i]] then redis.call('HDEL', keepers, all[i]) end
              end
              for i = 5, #ARGV do
                if not keptElsewhere(ARGV[i]) then
                  redis.call('HSET', keepers, ARGV[i], node)
                  kept[#kept + 1] = ARGV[i]
                end
              end
              return kept
            end
            function run.release()
              local r, after = get(ARGV[5]), ARGV[7]
              if r.handoff == '' or r.handoff ~= ARGV[6] then return {} end
              if after ~= 'SAME_PLACE' then r.place = int(us) end
              if after == 'END_OF_LINE' then r.unanswered = '0' end
              if after == 'AWAY' then r.chosen = '0' end
              if after == 'UNANSWERED' then
                r.unanswered = int(tonumber(r.unanswered) + 1)
                if tonumber(r.unanswered) >= 2 then r.chosen = '0' end
              end
              free(r)
              return {r.human}
            end
            function run.state()
              local r = get(ARGV[5])
              if r.handoff == '' or r.handoff ~= ARGV[6] then return {} end
              r.state, r.since = ARGV[7], int(ms)
              if r.state == 'TALKING' then r.unanswered, r.warm = '0', '0' end
              put(r)
              lease(r)
              return {r.human}
            end
            function run.renew()
              local r = get(ARGV[5])
              if r.handoff == '' or r.handoff ~= ARGV[6] then return {} end
              lease(r)
              return {r.human}
            end
            local function choose(r, chosen)
              local same = r.chosen == chosen
              r.chosen = chosen
              if chosen == '1' then r.unanswered = '0' end
              if r.handoff ~= '' or same then
                put(r)
              else
                if chosen == '1' then r.place = int(us) end
                free(r)
              end
            end
            function run.choose()
              choose(get(ARGV[5]), ARGV[6])
              return {}
            end
            -- A leg that stands by is lost or up again: 2 is available but for the leg.
            function run.leg()
              local r, from, to = get(ARGV[5]), '1', '2'
              if ARGV[6] == '1' then from, to = '2', '1' end
              if r.chosen == from then choose(r, to) end
              return {}
            end
            function run.beat()
              redis.call('HSET', nodes, node, int(ms))
              local there = {}
              for _, gateway in ipairs(redis.call('HKEYS', nodes)) do
                if alive(gateway) then there[#there + 1] = gateway else redis.call('HDEL', nodes, gateway) end
              end
              return there
            end
            function run.leave()
              redis.call('HDEL', nodes, node)
              return {}
            end
            -- What a gateway writes back: '=' its own (with who held the human when Redis went away), '?' only where Redis knows nothing.
            function run.restore()
              local refused = {}
              for i = 5, #ARGV, 3 do
                local mine, r, before = ARGV[i] == '=', parse(ARGV[i + 1]), ARGV[i + 2]
                local there = redis.call('HGET', desk, r.human)
                if not there then
                  put(r)
                  if r.handoff ~= '' then lease(r) end
                elseif mine then
                  local now = parse(there)
                  if now.handoff == '' or now.handoff == r.handoff or now.handoff == before then
                    r.revision = now.revision
                    put(r)
                    if r.handoff ~= '' then lease(r) end
                  else
                    now.chosen = r.chosen
                    put(now)
                    if r.handoff ~= '' then refused[#refused + 1] = r.human end
                  end
                end
              end
              return refused
            end
            -- A reservation whose answer was lost: whom the handoff holds after all, beyond those it knows of.
            function run.undo()
              local keep = {}
              for i = 6, #ARGV do keep[ARGV[i]] = true end
              for _, human in ipairs(redis.call('ZRANGE', leases, 0, -1)) do
                local r = get(human)
                if r.handoff == ARGV[5] and not keep[human] then free(r) end
              end
              return {}
            end
            function run.all()
              return redis.call('HVALS', desk)
            end

            local result = run[op]()
            if #changed > 0 then redis.call('PUBLISH', channel, table.concat(changed, '\\n')) end
            return {int(ms), changed, result}
            """);
}
