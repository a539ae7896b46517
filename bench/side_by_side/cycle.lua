-- Sends the requests in a file, one per line, in turn and repeatedly; prints the result as JSON. A line is a body to
-- post, or "GET", a path and the entity tag that the client has, if any. With a number of milliseconds after the file,
-- each connection pauses before each request, for exponentially distributed times with this mean.

local requests, position = {}, 0

function init(arguments)
  local headers = {["Content-Type"] = "application/json"}
  for line in io.lines(arguments[1]) do
    local path, tag = line:match("^GET (%S+) ?(%S*)$")
    local sent = tag == "" and {["Accept-Encoding"] = "gzip"} or {["If-None-Match"] = tag}
    requests[#requests + 1] = path and wrk.format("GET", path, sent) or wrk.format("POST", "/graphql", headers, line)
  end
  local mean = tonumber(arguments[2])
  if mean then
    math.randomseed(1)
    -- Global, because wrk looks for a function of this name.
    function delay() return math.floor(0.5 - mean * math.log(1 - math.random())) end
  end
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "bytes": %d, "microseconds": %d, "p50": %d, "p99": %d, "refused": %d, "broken": %d}\n',
    summary.requests, summary.bytes, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout
  ))
end
