using Microsoft.Extensions.Options;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations.Emergencies;

namespace ModerationConsole.Tests.Integration.Escalations;

public sealed class OnCallOptionsTests
{
    [Theory]
    [InlineData("", "", "", null)]
    [InlineData("https://rings.example/hook", "whsec_b25jYWxsLXNlY3JldC1vbmNhbGwtc2VjcmV0", "https://console.example", null)]
    [InlineData("http://127.0.0.1:9000/hook", "", "", null)]
    [InlineData("http://127.0.0.1:9001/hook", "", "", "OnCall:WebhookUrl")]
    [InlineData("https://10.0.0.1/hook", "", "", "OnCall:WebhookUrl")]
    [InlineData("", "secret", "", "OnCall:Secret")]
    [InlineData("", "whsec_c2hvcnQ=", "", "OnCall:Secret")]
    [InlineData("", "", "console", "OnCall:ConsoleUrl")]
    public void Options_ThatAreWrong_AreNamed(string address, string secret, string console, string? named)
    {
        WebhookOptions webhooks = new();
        webhooks.AllowedHosts.Add("127.0.0.1:9000");

        ValidateOptionsResult result = new OnCallOptionsValidator(Options.Create(webhooks))
            .Validate(null, new OnCallOptions { WebhookUrl = address, Secret = secret, ConsoleUrl = console });

        Assert.Equal(named is null, result.Succeeded);
        Assert.Equal(named, result.FailureMessage?.Split(' ')[0]);
    }
}
