using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace ModerationConsole.E2E.Support;

/// <summary>The program on a real port, in the tests' own process, with a data directory of its own.</summary>
public sealed class ConsoleApp : WebApplicationFactory<Program>
{
    private readonly string _data = Directory.CreateTempSubdirectory("console-e2e-").FullName;
    private readonly Dictionary<string, string> _settings;

    public ConsoleApp(Dictionary<string, string>? settings = null)
    {
        _settings = settings ?? [];
        UseKestrel(0);
    }

    /// <summary>Where a browser opens it: by name, because passkeys do not work on an address of digits.</summary>
    public string Address =>
        string.Create(CultureInfo.InvariantCulture, $"http://localhost:{ClientOptions.BaseAddress.Port}");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseSetting("Data:Directory", _data);
        // Everyone of a suite signs in from one address within a minute.
        builder.UseSetting("Security:SignInsPerAddress", "10000");
        builder.UseSetting("Security:SignInsPerAccount", "10000");
        // Tests share sign-ins that live as long as the suite runs; a test that asks for a fresh proof makes its own old.
        builder.UseSetting("Sessions:StepUpMinutes", "120");
        builder.UseSetting("Security:StrangersPerAddress", "100000");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach ((string key, string value) in _settings)
        {
            builder.UseSetting(key, value);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }
}
