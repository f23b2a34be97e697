using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>
/// Requests that two servers might read differently, that never end, or that are larger than anything honest. Each gets one answer
/// at most, and nothing behind it is taken for a request of its own.
/// </summary>
public sealed class WireAttempts(WireAttempts.Run run) : IClassFixture<WireAttempts.Run>
{
    private const string Hidden = "GET /hidden-behind HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /// <summary>What is sent, the status that must come back (0: the connection just ends), and what follows slowly.</summary>
    private static readonly Dictionary<string, (Func<string, string> Head, int Expected, Func<Stream, CancellationToken, Task>? After)> s_attempts = new(StringComparer.Ordinal)
    {
        // Two readings of where a request ends
        ["two lengths that differ"] = (key => Post(key, "Content-Length: 4\r\nContent-Length: 60") + "{}\r\n" + Hidden, 400, null),
        ["two lengths in one header"] = (key => Post(key, "Content-Length: 4, 60") + "{}\r\n" + Hidden, 400, null),
        ["a negative length"] = (key => Post(key, "Content-Length: -1") + Hidden, 400, null),
        ["a length in hexadecimal"] = (key => Post(key, "Content-Length: 0x10") + Hidden, 400, null),
        ["a length beyond all numbers"] = (key => Post(key, "Content-Length: 99999999999999999999999") + Hidden, 400, null),
        ["an encoding that is none"] = (key => Post(key, "Transfer-Encoding: xchunked") + "0\r\n\r\n" + Hidden, 400, null),
        ["chunks, then something else"] = (key => Post(key, "Transfer-Encoding: chunked, identity") + "0\r\n\r\n" + Hidden, 400, null),
        ["an encoding behind a tab"] = (key => Post(key, "Transfer-Encoding:\tchunked\r\nContent-Length: 5") + "0\r\n\r\n" + Hidden, 400, null),
        ["a length and chunks"] = (key => Post(key, "Content-Length: 6\r\nTransfer-Encoding: chunked") + "0\r\n\r\n" + Hidden, 400, null),
        ["chunks and a length"] = (key => Post(key, "Transfer-Encoding: chunked\r\nContent-Length: 5") + "0\r\n\r\n" + Hidden, 400, null),
        ["an encoding with a space before its colon"] = (key => Post(key, "Transfer-Encoding : chunked") + "0\r\n\r\n" + Hidden, 400, null),
        ["a header folded over two lines"] = (key => Post(key, "X-Long: one\r\n two\r\nContent-Length: 2") + "{}", 400, null),
        ["a header without a colon"] = (key => Post(key, "Nothing") + Hidden, 400, null),
        ["a header with a zero byte"] = (key => Post(key, "X-Zero: a\0b\r\nContent-Length: 2") + "{}", 400, null),
        ["a header with a lone carriage return"] = (key => Post(key, "X-Return: a\rTransfer-Encoding: chunked\r\nContent-Length: 2") + "{}", 400, null),
        ["a chunk of a size beyond all numbers"] = (key => Post(key, "Transfer-Encoding: chunked") + "FFFFFFFFFFFFFFFFF\r\n{}", 400, null),
        ["a chunk of a negative size"] = (key => Post(key, "Transfer-Encoding: chunked") + "-1\r\n{}", 400, null),
        ["a chunk longer than it says"] = (key => Post(key, "Transfer-Encoding: chunked") + "1\r\n{}\r\n0\r\n\r\n" + Hidden, 400, null),
        ["two hosts"] = (_ => "GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere.example\r\n\r\n", 400, null),
        ["no host"] = (_ => "GET /health/live HTTP/1.1\r\n\r\n", 400, null),
        ["a host that is two"] = (_ => "GET /health/live HTTP/1.1\r\nHost: localhost, elsewhere.example\r\n\r\n", 400, null),
        ["another host in the request line"] = (_ => "GET http://elsewhere.example/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, null),
        ["a space within the address"] = (_ => "GET /health/live x HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, null),
        ["an address with a zero byte"] = (_ => "GET /health/live%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, null),
        ["a version that is none"] = (_ => "GET /health/live HTTP/9.9\r\nHost: localhost\r\n\r\n", 505, null),
        ["a method with a bracket"] = (_ => "G(T /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", 400, null),
        ["a tunnel"] = (_ => "CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: 169.254.169.254:80\r\n\r\n", 302, null),
        ["a trace of one's own cookie"] = (_ => "TRACE /account/login HTTP/1.1\r\nHost: localhost\r\nCookie: secret=1\r\n\r\n", 302, null),

        // More than anything honest
        ["a header of forty kilobytes"] = (_ => $"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('a', 40_000)}\r\n\r\n", 431, null),
        ["a hundred headers"] = (_ => $"GET /health/live HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 100).Select(at => $"X-{at}: 1\r\n"))}\r\n", 431, null),
        ["a cookie of forty kilobytes"] = (_ => $"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {Target.SessionCookie}={new string('a', 40_000)}\r\n\r\n", 431, null),
        ["an address of ten kilobytes"] = (_ => $"GET /{new string('a', 10_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, null),
        ["a body said to be a terabyte"] = (key => Post(key, "Content-Length: 1099511627776"), 413, null),
        ["a form said to be a terabyte"] = (_ => "POST /account/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1099511627776\r\n\r\n", 400, null),
        ["a body in chunks without end"] = (key => Post(key, "Transfer-Encoding: chunked"), 413, async (stream, cancel) =>
        {
            byte[] chunk = [.. "10000\r\n"u8, .. new byte[65_536], .. "\r\n"u8];
            for (int sent = 0; sent < 1_000; sent++)
            {
                await stream.WriteAsync(chunk, cancel);
            }
        }),

        // Slower than anything honest
        ["a head that comes letter by letter"] = (_ => "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", 408, DripAsync),
        ["a body that comes letter by letter"] = (key => Post(key, "Content-Length: 10000"), 408, DripAsync),
        ["a form that comes letter by letter"] = (_ => "POST /account/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000\r\n\r\n", 400, DripAsync),
    };

    public static TheoryData<string> Attempts => [.. s_attempts.Keys];

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Request_ThatNoBrowserSends_GetsOneAnswerAndNothingBehindItIsHeard(string attempt)
    {
        WireAnswer answer = await run.AnswerAsync(attempt);

        Assert.Equal(s_attempts[attempt].Expected, answer.Statuses.Count == 0 ? 0 : answer.Statuses[0]);
        Assert.True(answer.Statuses.Count <= 1, $"Something was hidden behind: {answer.Text}");
        Assert.DoesNotContain("secret=1", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nServer:", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static string Post(string key, string headers) =>
        $"POST /api/v1/items HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: {key}\r\nContent-Type: application/json\r\n{headers}\r\n\r\n";

    private static async Task DripAsync(Stream stream, CancellationToken cancel)
    {
        while (true)
        {
            await stream.WriteAsync("a"u8.ToArray(), cancel);
            await Task.Delay(500, cancel);
        }
    }

    /// <summary>All of them at once: what is slow is slow together.</summary>
    public sealed class Run(ConsoleFixture console)
    {
        private readonly Lazy<Task<Dictionary<string, WireAnswer>>> _all = new(async () =>
        {
            CreatedKey key = await console.App.Services.GetRequiredService<CreateApiKey>()
                .RunAsync(Caller.System, new NewApiKey("wire", [Permission.SubmitItems], TimeProvider.System.GetUtcNow().AddDays(1)), TestContext.Current.CancellationToken);
            (string Name, Task<WireAnswer> Answer)[] sent =
                [.. s_attempts.Select(attempt => (attempt.Key, Wire.SendAsync(new Uri(console.App.Address), attempt.Value.Head(key.Key), attempt.Value.After)))];
            Dictionary<string, WireAnswer> answers = [];
            foreach ((string name, Task<WireAnswer> answer) in sent)
            {
                answers[name] = await answer;
            }

            return answers;
        });

        internal async Task<WireAnswer> AnswerAsync(string attempt) => (await _all.Value)[attempt];
    }
}
