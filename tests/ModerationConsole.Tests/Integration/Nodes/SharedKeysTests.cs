using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>Who signed in at one node is known to all that share the database.</summary>
public sealed class SharedKeysTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cookie_OfOneNode_IsAcceptedByAnotherWithAFolderOfItsOwn()
    {
        string database = await server.DatabaseAsync();
        await using WebConsole one = await StartAsync(database);
        await using WebConsole other = await StartAsync(database);
        Assert.NotEqual(one.DataDirectory, other.DataDirectory);

        (_, string cookie) = await one.SignedInAsync(Roles.Moderator);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(one, cookie));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(other, cookie));
        Assert.Equal(HttpStatusCode.Redirect, await AskAsync(other, cookie[..^6] + "AAAAAA"));
    }

    [Fact]
    public async Task Cookie_AfterARestart_IsStillAccepted()
    {
        string database = await server.DatabaseAsync();
        string cookie;
        await using (WebConsole before = await StartAsync(database))
        {
            (_, cookie) = await before.SignedInAsync(Roles.Moderator);
        }

        await using WebConsole after = await StartAsync(database);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(after, cookie));
        Assert.Equal(1, await after.ReadAsync(db => db.Set<ProtectionKey>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Keys_WithACertificate_AreEncryptedInTheDatabase()
    {
        string database = await server.DatabaseAsync();
        string folder = Directory.CreateTempSubdirectory("certificate-").FullName;
        string file = Path.Combine(folder, "keys.pfx");
        using (RSA key = RSA.Create(2048))
        {
            CertificateRequest request = new("CN=console keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12, "pass"), Cancel);
        }

        Dictionary<string, string?> settings = new() { ["Security:KeyCertificate"] = file, ["Security:KeyCertificatePassword"] = "pass" };
        await using WebConsole one = await StartAsync(database, settings);
        await using WebConsole other = await StartAsync(database, settings);
        await using WebConsole stranger = await StartAsync(database);
        (_, string cookie) = await one.SignedInAsync(Roles.Moderator);

        string stored = await one.ReadAsync(db => db.Set<ProtectionKey>().Select(row => row.Xml).FirstAsync(Cancel));
        Assert.Contains("EncryptedData", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", stored, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(other, cookie));
        Assert.Equal(HttpStatusCode.Redirect, await AskAsync(stranger, cookie));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Keys_OfTheFolderFromBefore_AreTakenOver()
    {
        await using WebConsole console = await StartAsync(await server.DatabaseAsync());
        (_, string cookie) = await console.SignedInAsync(Roles.Moderator);
        string xml = await console.ReadAsync(db => db.Set<ProtectionKey>().Select(row => row.Xml).SingleAsync(Cancel));
        string folder = Directory.CreateTempSubdirectory("older-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        await File.WriteAllTextAsync(Path.Combine(folder, "keys", "key-older.xml"), xml, Cancel);
        await using WebConsole newer = await StartAsync(await server.DatabaseAsync(), new() { ["Data:Directory"] = folder });

        // Nobody of that console is known here, so the page asks to sign in: but the cookie itself was read, and is taken away.
        using HttpResponseMessage answer = await GetAsync(newer, cookie);

        Assert.Equal(xml, await newer.ReadAsync(db => db.Set<ProtectionKey>().Select(row => row.Xml).SingleAsync(Cancel)));
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), line => line.StartsWith("moderation-console=;", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Certificate_ThatCannotBeRead_StopsTheStart()
    {
        string folder = Directory.CreateTempSubdirectory("certificate-").FullName;
        (int exitCode, _, string errors) = await ConsoleProcess.RunAsync(folder, "migrate", $"--Security:KeyCertificate={Path.Combine(folder, "none.pfx")}");

        Assert.Equal(1, exitCode);
        Assert.Contains("Security:KeyCertificate", errors, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<HttpStatusCode> AskAsync(WebConsole console, string cookie)
    {
        using HttpResponseMessage answer = await GetAsync(console, cookie);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> GetAsync(WebConsole console, string cookie)
    {
        using HttpClient browser = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = console.Client.BaseAddress };
        using HttpRequestMessage request = new(HttpMethod.Get, "/my-shift");
        request.Headers.Add("Cookie", cookie);
        return await browser.SendAsync(request, Cancel);
    }

    private static Task<WebConsole> StartAsync(string database, Dictionary<string, string?>? settings = null) => WebConsole.StartAsync(
        new(settings ?? []) { ["Database:Provider"] = "PostgreSql", ["ConnectionStrings:Console"] = database });
}
