using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ModerationConsole.Tests.Support;

/// <summary>Debian's nginx with the product's own configuration in front of two nodes of a test; only addresses and the places of its files are others.</summary>
public sealed class NginxProxy : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";
    private const int UpstreamField = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("console-proxy-").FullName;
    private readonly int _port = FreePort();

    private readonly string? _https;

    private NginxProxy(string? https) => _https = https;

    /// <summary>What it shows of itself where it answers by HTTPS: signed by itself alone.</summary>
    public X509Certificate2? Certificate { get; private set; }

    /// <summary>Where a browser opens it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"{(_https is null ? "http" : "https")}://localhost:{_port}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string[] Arguments => ["-p", _folder, "-c", Path.Combine(_folder, "nginx.conf"), "-g", $"pid {_folder}/pid;"];

    /// <summary>Starts it. Skips the test that asks on a machine without nginx.</summary>
    /// <param name="first">A node as <c>host:port</c>.</param>
    /// <param name="https">The name in a certificate made for it, when it answers by HTTPS.</param>
    public static async Task<NginxProxy> StartAsync(string first, string second, string? https = null)
    {
        Assert.SkipUnless(File.Exists(Program), "No nginx on this machine; install the package nginx.");
        NginxProxy proxy = new(https);
        string config = (await File.ReadAllTextAsync(Path.Combine(Sources.Root, ".config/nginx.conf"), Cancel))
            .Replace("console1:8080", first, StringComparison.Ordinal)
            .Replace("console2:8080", second, StringComparison.Ordinal)
            .Replace("listen 80;", $"listen 127.0.0.1:{proxy._port}{(https is null ? "" : await proxy.CertifyAsync(https))};", StringComparison.Ordinal)
            .Replace("/dev/stdout", Path.Combine(proxy._folder, "access.log"), StringComparison.Ordinal)
            .Replace("/dev/stderr", Path.Combine(proxy._folder, "error.log"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(proxy._folder, "nginx.conf"), config, Cancel);
        await proxy.RunAsync("-t");
        await proxy.RunAsync();
        return proxy;
    }

    /// <summary>Which node answered each request that is over, in order; several where one after the other was asked.</summary>
    public async Task<string[]> AnsweredByAsync() =>
        [.. (await File.ReadAllLinesAsync(Path.Combine(_folder, "access.log"), Cancel)).Select(line => line.Split(' ')[UpstreamField])];

    public async ValueTask DisposeAsync()
    {
        await RunAsync("-s", "stop");
        Certificate?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> CertifyAsync(string name)
    {
        using RSA key = RSA.Create(2048);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        CertificateRequest wanted = new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) { CertificateExtensions = { names.Build() } };
        using X509Certificate2 certificate = wanted.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        Certificate = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        await File.WriteAllTextAsync(Path.Combine(_folder, "tls.pem"), certificate.ExportCertificatePem(), Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, "tls.key"), key.ExportPkcs8PrivateKeyPem(), Cancel);
        return $" ssl; ssl_certificate {_folder}/tls.pem; ssl_certificate_key {_folder}/tls.key";
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task RunAsync(params string[] how)
    {
        using Process process = Process.Start(new ProcessStartInfo(Program, [.. how, .. Arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        // A server that stays keeps this end open; what it says before it goes to the background is a line at most.
        Task<string> said = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        bool heard = await Task.WhenAny(said, Task.Delay(TimeSpan.FromSeconds(2), limit.Token)) == said;
        Assert.True(process.ExitCode == 0, heard ? await said : "nginx failed.");
    }
}
