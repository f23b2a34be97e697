using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Unit.Policies;

public sealed class PolicyInForceTests
{
    [Fact]
    public void VersionInForce_AtAMoment_IsTheNewestThatAppliesByThen()
    {
        FakeClock clock = new();
        DateTimeOffset start = clock.GetUtcNow();
        PolicyVersion[] versions =
        [
            new() { Number = 1, EffectiveFrom = start },
            new() { Number = 2, EffectiveFrom = start.AddHours(1) },
            new() { Number = 3, EffectiveFrom = start.AddHours(2) },
        ];

        Assert.Null(PolicyInForce.At(versions, start.AddTicks(-1)));
        Assert.Equal(1, PolicyInForce.At(versions, clock.GetUtcNow())?.Number);
        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(1, PolicyInForce.At(versions, clock.GetUtcNow())?.Number);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, PolicyInForce.At(versions, clock.GetUtcNow())?.Number);
        clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(3, PolicyInForce.At(versions, clock.GetUtcNow())?.Number);
    }

    [Fact]
    public void VersionInForce_UntilTheNextOnesTime_HoldsAndNoLonger()
    {
        DateTimeOffset from = new FakeClock().GetUtcNow();

        Assert.True(PolicyInForce.Holds(null, from));
        Assert.True(PolicyInForce.Holds(from, from.AddTicks(-1)));
        Assert.False(PolicyInForce.Holds(from, from));
    }
}
