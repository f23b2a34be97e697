using ModerationConsole.Core.People;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Addresses that lead out of what is served, as someone who is signed in.</summary>
[Collection(Attacks.Name)]
public sealed class PathAttempts(Target target)
{
    private static readonly Dictionary<string, string> s_paths = new(StringComparer.Ordinal)
    {
        ["the settings"] = "/appsettings.json",
        ["the settings of development"] = "/appsettings.Development.json",
        ["the database"] = "/.data/console.db",
        ["the keys"] = "/.data/keys",
        ["the program"] = "/ModerationConsole.Web.dll",
        ["the history"] = "/.git/config",
        ["up"] = "/../appsettings.json",
        ["up and up"] = "/../../../../../../etc/passwd",
        ["up from a folder"] = "/css/../../appsettings.json",
        ["up from a file"] = "/css/app.css/../../../appsettings.json",
        ["up from a package's folder"] = "/_content/../../appsettings.json",
        ["up from the framework's folder"] = "/_framework/../../appsettings.json",
        ["up with an encoded slash"] = "/..%2fappsettings.json",
        ["up with encoded points"] = "/%2e%2e/appsettings.json",
        ["up, all encoded"] = "/%2e%2e%2fappsettings.json",
        ["up, encoded twice"] = "/%252e%252e%252fappsettings.json",
        ["up with a backslash"] = "/..\\appsettings.json",
        ["up with an encoded backslash"] = "/css/..%5c..%5cappsettings.json",
        ["up with overlong points"] = "/%c0%ae%c0%ae/appsettings.json",
        ["up with wide points"] = "/%ef%bc%8e%ef%bc%8e/appsettings.json",
        ["up with too many points"] = "/..../..../appsettings.json",
        ["up with a parameter"] = "/..;/appsettings.json",
        ["a path of the machine"] = "//etc/passwd",
        ["an encoded path of the machine"] = "/%2fetc%2fpasswd",
        ["a drive"] = "/C:/Windows/win.ini",
        ["a share"] = "/%5c%5clocalhost%5cc$%5cwindows",
        ["a file with a zero byte behind it"] = "/css/app.css%00.json",
        ["a file with a stream behind it"] = "/css/app.css::$DATA",
        ["media out of its store"] = "/media/..%2f..%2fkeys/0",
        ["media by a path"] = "/media/%2fetc%2fpasswd/0",
        ["a rendition out of its store"] = "/media/00000000-0000-0000-0000-000000000001/..%2f..%2f..%2fkeys",
        ["a proof by a path"] = "/audit/cases/..%2f..%2fkeys/proof",
        ["a document by a path"] = "/openapi/..%2f..%2fappsettings.json",
        ["a document of another name"] = "/openapi/internal.json",
    };

    public static TheoryData<string> Attempts => [.. s_paths.Keys];

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Path_OutOfWhatIsServed_LeadsNowhere(string attempt)
    {
        string cookie = await target.CookieAsync(Roles.Auditor);

        WireAnswer answer = await Wire.SendAsync(target.Address, $"GET {s_paths[attempt]} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");

        Assert.Contains(Assert.Single(answer.Statuses), new[] { 400, 404 });
        Assert.DoesNotContain("ConnectionStrings", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite format", answer.Text, StringComparison.Ordinal);
    }
}
