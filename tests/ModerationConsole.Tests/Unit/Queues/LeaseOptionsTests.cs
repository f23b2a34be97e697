using Microsoft.Extensions.Options;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Unit.Queues;

public sealed class LeaseOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.True(new LeaseOptionsValidator().Validate(null, new LeaseOptions()).Succeeded);

    [Theory]
    [InlineData(0, 1, 120, "Lease:Seconds")]
    [InlineData(3601, 20, 120, "Lease:Seconds")]
    [InlineData(120, 0, 120, "Lease:HeartbeatSeconds")]
    [InlineData(120, 120, 120, "Lease:HeartbeatSeconds")]
    [InlineData(120, 20, 0, "Lease:GraceSeconds")]
    [InlineData(120, 20, 3601, "Lease:GraceSeconds")]
    public void WrongValue_IsRefusedByTheNameOfItsKey(int seconds, int heartbeat, int grace, string key)
    {
        ValidateOptionsResult result = new LeaseOptionsValidator().Validate(
            null, new LeaseOptions { Seconds = seconds, HeartbeatSeconds = heartbeat, GraceSeconds = grace });

        Assert.Contains(key, result.FailureMessage, StringComparison.Ordinal);
    }
}
