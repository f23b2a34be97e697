using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Tests.Unit.Enforcement;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 15)]
    [InlineData(5, 405)]
    [InlineData(7, 3_600)]
    [InlineData(9, 3_600)]
    public void Wait_GrowsThreefoldUpToAnHour(int tries, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetrySchedule.DelayAfter(tries, random: 0.5));

    [Fact]
    public void Wait_IsSpreadByAFifthEitherWayAndNeverOverAnHour()
    {
        Assert.Equal(TimeSpan.FromSeconds(4), RetrySchedule.DelayAfter(1, random: 0));
        Assert.Equal(TimeSpan.FromSeconds(6), RetrySchedule.DelayAfter(1, random: 1));
        Assert.Equal(TimeSpan.FromHours(1), RetrySchedule.DelayAfter(8, random: 1));
    }

    [Fact]
    public void Wait_ThatThePlatformAskedFor_IsKeptUpToAnHour()
    {
        Assert.Equal(TimeSpan.FromMinutes(2), RetrySchedule.DelayAfter(1, 0.5, TimeSpan.FromMinutes(2)));
        Assert.Equal(TimeSpan.FromHours(1), RetrySchedule.DelayAfter(1, 0.5, TimeSpan.FromDays(9)));
        Assert.Equal(TimeSpan.FromSeconds(5), RetrySchedule.DelayAfter(1, 0.5, TimeSpan.FromSeconds(-4)));
    }
}
