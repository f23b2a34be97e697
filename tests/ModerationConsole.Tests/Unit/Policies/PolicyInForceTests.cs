using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Policies;

public sealed class PolicyInForceTests
{
    [Fact]
    public void VersionInForce_UntilTheNextOnesTime_HoldsAndNoLonger()
    {
        DateTimeOffset from = new FakeClock().GetUtcNow();

        Assert.True(PolicyInForce.Holds(null, from));
        Assert.True(PolicyInForce.Holds(from, from.AddTicks(-1)));
        Assert.False(PolicyInForce.Holds(from, from));
    }
}
