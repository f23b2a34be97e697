using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.E2E.Support;

[assembly: AssemblyFixture(typeof(Platform))]

namespace ModerationConsole.E2E.Support;

/// <summary>A console that is allowed to call a receiver on this machine, and whose undo window is short.</summary>
public sealed class Platform : IAsyncLifetime
{
    /// <summary>Long enough to press <c>u</c>, short enough to wait for.</summary>
    private const int UndoSeconds = 3;

    private ConsoleApp? _app;
    private WebhookReceiver? _receiver;
    private WebhookReceiver? _onCall;
    private WebhookKeyPair? _keys;

    public ConsoleApp App => _app!;

    public WebhookReceiver Receiver => _receiver!;

    /// <summary>What wakes people on call.</summary>
    public WebhookReceiver OnCall => _onCall!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        _onCall = await WebhookReceiver.StartAsync();
        _app = new ConsoleApp(new()
        {
            ["Demo:Enabled"] = "false",
            ["Enforcement:UndoSeconds"] = $"{UndoSeconds}",
            ["Webhooks:AllowedHosts:0"] = _receiver.Host,
            ["Webhooks:AllowedHosts:1"] = _onCall.Host,
            ["OnCall:WebhookUrl"] = _onCall.Url,
            ["Appeals:ResultUrl"] = _receiver.Url,
            ["Notices:ResultUrl"] = _receiver.Url,
            ["Notices:AlertUrl"] = _receiver.Url,
        });
        _app.StartServer();
        _keys = (await _app.Services.GetRequiredService<WebhookKeys>().GetAsync(TestContext.Current.CancellationToken)).Current;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        foreach (WebhookReceiver? receiver in new[] { _receiver, _onCall })
        {
            if (receiver is not null)
            {
                await receiver.DisposeAsync();
            }
        }
    }

    /// <summary>Checks both signatures of a call as a platform does: with the public key and the shared secret.</summary>
    public void AssertSigned(ReceivedCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        WebhookKeyPair keys = _keys!;
        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(keys.PublicKeyPem);
        Assert.True(rsa.VerifyData(call.Body, Convert.FromBase64String(call.Headers["Coop-Signature"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{call.Id}.{call.Headers["Webhook-Timestamp"]}."), .. call.Body];
        byte[] secret = Convert.FromBase64String(keys.Secret["whsec_".Length..]);
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)), call.Headers["Webhook-Signature"]);
    }
}
