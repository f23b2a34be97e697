using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Tests.Unit.Enforcement;

public sealed class EnforcementSettingsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData(0, true)]
    [InlineData(3_600, true)]
    [InlineData(-1, false)]
    [InlineData(3_601, false)]
    public void UndoSeconds_OutOfRange_IsNamed(int? seconds, bool good)
    {
        string? fault = new EnforcementOptionsValidator().Validate(null, new EnforcementOptions { UndoSeconds = seconds }).FailureMessage;

        Assert.Equal(good, fault is null);
        Assert.True(good || fault!.Contains("Enforcement:UndoSeconds", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("hooks.example:8443", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("hooks.example", false)]
    [InlineData("https://hooks.example:443", false)]
    [InlineData("", false)]
    public void AllowedHost_ThatIsNoHostAndPort_IsNamed(string entry, bool good)
    {
        WebhookOptions options = new();
        options.AllowedHosts.Add("fine.example:443");
        options.AllowedHosts.Add(entry);

        string? fault = new WebhookOptionsValidator().Validate(null, options).FailureMessage;

        Assert.Equal(good, fault is null);
        Assert.True(good || fault!.Contains("Webhooks:AllowedHosts:1", StringComparison.Ordinal));
    }
}
