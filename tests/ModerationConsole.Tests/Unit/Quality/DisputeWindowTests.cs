using System.Globalization;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Tests.Unit.Quality;

/// <summary>Seven working days, by a calendar: 2 March 2026 is a Monday.</summary>
public sealed class DisputeWindowTests
{
    [Theory]
    [InlineData("2026-03-02T09:00:00Z", "2026-03-12T00:00:00Z")] // Monday: Tue 3 … Fri 6, Mon 9, Tue 10, Wed 11
    [InlineData("2026-03-02T00:00:00Z", "2026-03-12T00:00:00Z")]
    [InlineData("2026-03-02T23:59:59Z", "2026-03-12T00:00:00Z")]
    [InlineData("2026-03-06T18:00:00Z", "2026-03-18T00:00:00Z")] // Friday: Mon 9 … Fri 13, Mon 16, Tue 17
    [InlineData("2026-03-07T12:00:00Z", "2026-03-18T00:00:00Z")] // Saturday and Sunday are as the Friday before
    [InlineData("2026-03-08T12:00:00Z", "2026-03-18T00:00:00Z")]
    [InlineData("2026-03-02T01:00:00+03:00", "2026-03-11T00:00:00Z")] // Sunday still, in UTC
    [InlineData("2026-12-24T10:00:00Z", "2027-01-05T00:00:00Z")] // public holidays count: Fri 25, Mon 28 … Thu 31, Fri 1, Mon 4
    public void Result_SeenOnADay_CanBeDisputedForSevenWorkingDaysAfterIt(string seen, string end)
    {
        QualitySample sample = new() { SeenAt = DateTimeOffset.Parse(seen, CultureInfo.InvariantCulture) };

        Assert.Equal(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), DisputeWindow.EndOf(sample));
    }

    [Fact]
    public void Result_NotSeenYet_HasNoEnd() => Assert.Null(DisputeWindow.EndOf(new QualitySample()));

    [Fact]
    public void Day_OfNone_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => DisputeWindow.After(DateTimeOffset.UnixEpoch, 0));
}
