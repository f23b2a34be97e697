using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using Files = ModerationConsole.Tests.Support.Media.HostileMedia;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Addresses that would make the console call what only it can reach, and files that are not what they say.</summary>
[Collection(Attacks.Name)]
public sealed class FetchAttempts(Target target)
{
    /// <summary>Ways to write the machine within; <c>PORT</c> is where it listens.</summary>
    private static readonly Dictionary<string, string> s_within = new(StringComparer.Ordinal)
    {
        ["plain"] = "http://127.0.0.1:PORT/within",
        ["decimal"] = "http://2130706433:PORT/within",
        ["hexadecimal"] = "http://0x7f000001:PORT/within",
        ["hexadecimal by parts"] = "http://0x7f.0x0.0x0.0x1:PORT/within",
        ["octal"] = "http://0177.0.0.1:PORT/within",
        ["octal in one"] = "http://017700000001:PORT/within",
        ["short"] = "http://127.1:PORT/within",
        ["zero"] = "http://0:PORT/within",
        ["another of its own addresses"] = "http://127.9.9.9:PORT/within",
        ["IPv6"] = "http://[::1]:PORT/within",
        ["IPv4 in IPv6"] = "http://[::ffff:127.0.0.1]:PORT/within",
        ["IPv4 in IPv6, in hexadecimal"] = "http://[::ffff:7f00:1]:PORT/within",
        ["by name"] = "http://localhost:PORT/within",
        ["by name with a point behind"] = "http://localhost.:PORT/within",
        ["a point behind"] = "http://127.0.0.1.:PORT/within",
        ["behind a user name"] = "http://cdn.example@127.0.0.1:PORT/within",
        ["behind a user name and password"] = "http://cdn.example:80@127.0.0.1:PORT/within",
        ["behind a hash"] = "http://127.0.0.1:PORT#@cdn.example/within",
        ["behind a backslash"] = "http://127.0.0.1:PORT\\@cdn.example/within",
        ["in circled digits"] = "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:PORT/within",
        ["with wide points"] = "http://127\u30020\u30020\u30021:PORT/within",
        ["a file"] = "file:///etc/passwd",
        ["a file of a host"] = "file://127.0.0.1/etc/passwd",
        ["gopher"] = "gopher://127.0.0.1:PORT/_GET%20/within",
        ["dict"] = "dict://127.0.0.1:PORT/within",
        ["ftp"] = "ftp://127.0.0.1:PORT/within",
        ["ldap"] = "ldap://127.0.0.1:PORT/within",
        ["a path"] = "/etc/passwd",
        ["a share"] = "\\\\127.0.0.1\\share",
        ["data"] = "data:image/png;base64,iVBORw0KGgo=",
        ["a pipe of the renderer"] = "pipe:0",
        ["two files of the renderer"] = "concat:/etc/passwd|/etc/hosts",
        ["a list of the renderer"] = "subfile,,start,0,end,9,,:/etc/passwd",
        ["a line of its own"] = "http://127.0.0.1:PORT/\r\nX-Planted: 1",
    };

    /// <summary>Places that a webhook must not be sent to.</summary>
    private static readonly string[] s_webhooks =
    [
        "https://127.0.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/", "https://0/", "https://[::1]/", "https://[::]/",
        "https://[::ffff:127.0.0.1]/", "https://[::ffff:a9fe:a9fe]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[fe80::1]/", "https://[fd00:ec2::254]/",
        "https://169.254.169.254/latest/meta-data/", "https://2852039166/latest/meta-data/", "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.0.1/",
        "https://100.64.0.1/", "https://198.18.0.1/", "https://224.0.0.1/", "https://255.255.255.255/", "https://localhost/", "https://LOCALHOST/", "https://x.localhost/",
        "https://localhost./", "https://127.0.0.1./", "https://hooks.example@127.0.0.1/", "https://user:pass@hooks.example/", "https://127.0.0.1#@hooks.example/",
        "http://hooks.example/", "file:///etc/passwd", "gopher://hooks.example/", "ftp://hooks.example/", "javascript:alert(1)", "//hooks.example/", "https://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/",
    ];

    /// <summary>Files under the name of a picture. None may come out as anything but a picture drawn anew, or nothing.</summary>
    private static readonly Dictionary<string, Func<int, byte[]>> s_files = new(StringComparer.Ordinal)
    {
        ["a page"] = _ => "<!doctype html><script>alert(1)</script>"u8.ToArray(),
        ["a drawing with a script"] = _ => "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"u8.ToArray(),
        ["a drawing with an outer entity"] = _ => "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>"u8.ToArray(),
        ["a drawing that calls within"] = port => Encoding.ASCII.GetBytes($"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1:{port}/within'/></svg>"),
        ["a playlist that calls within"] = port => Encoding.ASCII.GetBytes($"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{port}/within\n"),
        ["a playlist of the machine's files"] = _ => "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"u8.ToArray(),
        ["a list for the renderer"] = _ => "ffconcat version 1.0\nfile /etc/passwd\n"u8.ToArray(),
        ["a manifest that calls within"] = port => Encoding.ASCII.GetBytes($"<?xml version='1.0'?><MPD><BaseURL>http://127.0.0.1:{port}/within</BaseURL></MPD>"),
        ["a script under a picture's first letters"] = _ => "GIF89a/*"u8.ToArray().Concat("*/=1;alert(1)//"u8.ToArray()).ToArray(),
        ["a picture's first letters alone"] = _ => [0xFF, 0xD8, 0xFF, 0xE0],
        ["a document"] = _ => "%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"u8.ToArray(),
        ["a zip file"] = _ => [0x50, 0x4B, 0x03, 0x04, .. new byte[200]],
        ["a program"] = _ => [0x7F, 0x45, 0x4C, 0x46, .. new byte[200]],
        ["a program for a browser"] = _ => [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0],
        ["a shell script"] = _ => "#!/bin/sh\nid > /tmp/owned\n"u8.ToArray(),
        ["a drawing of the command line"] = port => Encoding.ASCII.GetBytes($"push graphic-context\nfill 'url(http://127.0.0.1:{port}/within)'\npop graphic-context\n"),
        ["nothing"] = _ => [],
        ["3,600 megapixels in a few kilobytes"] = _ => File.ReadAllBytes(Files.Bomb),
    };

    public static TheoryData<string> Within => [.. s_within.Keys];

    public static TheoryData<string> Webhooks => [.. s_webhooks];

    public static TheoryData<string> Pretending => [.. s_files.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Within))]
    public async Task Media_FromWithin_IsNotFetched(string attempt)
    {
        MediaRun run = await target.MediaAsync();

        MediaObject? media = await run.ShowAsync(At(s_within[attempt], run));

        await AssertRefusedAsync(run, media);
    }

    [Theory]
    [MemberData(nameof(Within))]
    public async Task Media_FromAListedHostThatSendsItWithin_IsNotFetched(string attempt)
    {
        MediaRun run = await target.MediaAsync();
        string path = string.Create(CultureInfo.InvariantCulture, $"/away/{Guid.NewGuid():N}.jpg");
        string location = At(s_within[attempt], run);

        MediaObject? media = await run.ShowAsync(run.Listed.On(path, (stream, cancel) =>
            stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"), cancel).AsTask()));

        Assert.Contains(run.Listed.Requests, head => head.StartsWith($"GET {path} ", StringComparison.Ordinal));
        await AssertRefusedAsync(run, media);
    }

    [Theory]
    [MemberData(nameof(Webhooks))]
    public async Task Webhook_ToAPlaceWithin_IsNotSaved(string address)
    {
        Guid admin = await target.Scene.ReadAsync(db => db.Users.Where(user => user.Email == Target.People[Roles.Admin]).Select(user => user.Id).SingleAsync(Cancel));
        string id = $"act_{Guid.NewGuid():N}";

        SaveActionOutcome saved = await target.Use<SaveAction>().RunAsync(Caller.Person(admin), new ActionDraft(id, "Tell someone within") { CallbackUrl = address }, Cancel);

        Assert.Equal(SaveActionOutcome.AddressRefused, saved);
        Assert.False(await target.Scene.ReadAsync(db => db.Set<ActionDefinition>().AnyAsync(row => row.Id == id, Cancel)));
    }

    [Theory]
    [MemberData(nameof(Pretending))]
    public async Task File_ThatIsNoPicture_IsNotShownAsOneAndCallsNobody(string attempt)
    {
        MediaRun run = await target.MediaAsync();
        string path = $"/files/{Guid.NewGuid():N}.jpg";

        MediaObject? media = await run.ShowAsync(run.Listed.File(path, s_files[attempt](run.Within.Port), "Content-Type: image/jpeg\r\n"));

        Assert.Contains(media!.State, new[] { MediaState.Refused, MediaState.Placeholder });
        Assert.Equal(0, run.Within.Connections);
        using HttpResponseMessage still = await target.SendAsync(HttpMethod.Get, $"/media/{media.Id}/0", await target.CookieAsync(Roles.Lead));
        Assert.Contains(still.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
    }

    [Theory]
    [InlineData(nameof(Files.GifThatIsAScript))]
    [InlineData(nameof(Files.JpegThatIsAPage))]
    public async Task Picture_ThatIsAScriptToo_IsServedAsAPictureWithoutIt(string name)
    {
        MediaRun run = await target.MediaAsync();
        byte[] file = name == nameof(Files.GifThatIsAScript) ? Files.GifThatIsAScript : Files.JpegThatIsAPage;

        MediaObject? media = await run.ShowAsync(run.Listed.File($"/files/{Guid.NewGuid():N}.html", file, "Content-Type: text/html\r\n"));
        using HttpResponseMessage still = await target.SendAsync(HttpMethod.Get, $"/media/{media!.Id}/0", await target.CookieAsync(Roles.Lead));

        Assert.Equal((MediaState.Ready, HttpStatusCode.OK), (media.State, still.StatusCode));
        Assert.Equal("image/jpeg", still.Content.Headers.ContentType?.MediaType);
        Assert.Contains("sandbox", Assert.Single(still.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("alert", Encoding.Latin1.GetString(await still.Content.ReadAsByteArrayAsync(Cancel)), StringComparison.Ordinal);
    }

    private static string At(string address, MediaRun run) => address.Replace("PORT", $"{run.Within.Port}", StringComparison.Ordinal);

    private async Task AssertRefusedAsync(MediaRun run, MediaObject? media)
    {
        Assert.Equal(0, run.Within.Connections);
        if (media is not null)
        {
            string subject = $"{media.Id}";
            Assert.Equal(MediaState.Refused, media.State);
            Assert.True(await target.Scene.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(entry => entry.Act == AuditAct.MediaRefused && entry.Subject == subject, Cancel)));
        }
    }
}
