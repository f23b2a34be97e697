using ModerationConsole.Core.Wellbeing;

namespace ModerationConsole.Tests.Unit.Wellbeing;

/// <summary>When severe content is held back, to the second.</summary>
public sealed class SevereMeterTests
{
    private static readonly DateTimeOffset s_nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly ShiftHours s_nineToFive = new(new TimeOnly(9, 0), new TimeOnly(17, 0), ShiftDays.All, TimeZoneInfo.Utc);

    private static readonly ShiftLimits s_limits = ShiftLimits.Of(new WellbeingOptions(), null, null);

    [Theory]
    [InlineData(-1, SevereHold.None)]
    [InlineData(0, SevereHold.ShiftLimit)]
    public void ShiftLimit_IsReachedWithItsLastSecond(int seconds, SevereHold expected)
    {
        // 40 minutes of each hour, so that no stretch is too long, and the rest of the 240 in the seventh hour.
        SevereSpan[] spans = Hourly(s_nine, 6, TimeSpan.FromMinutes(40));
        spans[^1] = spans[^1] with { Until = spans[^1].Until.AddSeconds(seconds) };

        Assert.Equal(expected, Read(spans, s_nine.AddHours(6), s_nine).Hold);
    }

    [Theory]
    [InlineData(54, 59, SevereHold.None)]
    [InlineData(55, 0, SevereHold.PauseDue)]
    public void Stretch_WithoutAPause_EndsAfterFiftyFiveMinutes(int minutes, int seconds, SevereHold expected)
    {
        DateTimeOffset end = s_nine.AddMinutes(minutes).AddSeconds(seconds);

        Assert.Equal(expected, Read([new SevereSpan(s_nine, end)], end, s_nine).Hold);
    }

    [Theory]
    [InlineData(9, 59, SevereHold.PauseDue)]
    [InlineData(10, 0, SevereHold.None)]
    public void Pause_FromSevereContent_LastsTenMinutes(int minutes, int seconds, SevereHold expected)
    {
        DateTimeOffset end = s_nine.AddMinutes(55);

        SevereReading reading = Read([new SevereSpan(s_nine, end)], end.AddMinutes(minutes).AddSeconds(seconds), s_nine);

        Assert.Equal((expected, expected == SevereHold.None ? (DateTimeOffset?)null : end.AddMinutes(10)), (reading.Hold, reading.HoldUntil));
    }

    [Fact]
    public void Stretch_WithGapsShorterThanAPause_CountsOn()
    {
        SevereSpan first = new(s_nine, s_nine.AddMinutes(30));
        SevereSpan second = new(s_nine.AddMinutes(39), s_nine.AddMinutes(64));

        Assert.Equal(SevereHold.PauseDue, Read([first, second], second.Until, s_nine).Hold);
        Assert.Equal(SevereHold.None, Read([first, new SevereSpan(s_nine.AddMinutes(40), s_nine.AddMinutes(65))], s_nine.AddMinutes(65), s_nine).Hold);
    }

    [Theory]
    [InlineData(15, 59, 59, SevereHold.None)]
    [InlineData(16, 0, 0, SevereHold.EndOfShift)]
    [InlineData(16, 59, 59, SevereHold.EndOfShift)]
    [InlineData(17, 0, 0, SevereHold.BetweenShifts)]
    [InlineData(8, 59, 59, SevereHold.BetweenShifts)]
    [InlineData(9, 0, 0, SevereHold.None)]
    public void ShiftWithHours_HoldsInItsLastHourAndOutside(int hour, int minute, int second, SevereHold expected)
    {
        DateTimeOffset now = s_nine.Date.AddHours(hour).AddMinutes(minute).AddSeconds(second);

        Assert.Equal(expected, SevereMeter.Read(new SevereFacts([], s_limits, s_nineToFive, s_nine, null), now).Hold);
    }

    [Theory]
    [InlineData(6, 59, 59, SevereHold.None)]
    [InlineData(7, 0, 0, SevereHold.EndOfShift)]
    public void ShiftWithoutHours_HoldsSevenHoursAfterItsFirstClaim(int hours, int minutes, int seconds, SevereHold expected)
    {
        Assert.Equal(expected, Read([], s_nine.AddHours(hours).AddMinutes(minutes).AddSeconds(seconds), s_nine).Hold);
    }

    [Fact]
    public void DayLimit_CountsTheShiftBefore_AndIsOverWhenEnoughOfItIsADayAgo()
    {
        // Yesterday 240 minutes from 9:00 on, today 60 more: 300 in 24 hours.
        SevereSpan[] spans = [.. Hourly(s_nine, 6, TimeSpan.FromMinutes(40)), .. Hourly(s_nine.AddHours(16), 2, TimeSpan.FromMinutes(30))];
        DateTimeOffset now = s_nine.AddHours(18);

        SevereReading reading = Read(spans, now, s_nine.AddHours(16));

        Assert.Equal((SevereHold.DayLimit, TimeSpan.FromMinutes(300)), (reading.Hold, reading.InDay));
        Assert.Equal(s_nine.AddHours(24).AddSeconds(1), reading.HoldUntil);
        Assert.Equal(SevereHold.None, Read(spans, reading.HoldUntil!.Value, s_nine.AddHours(18)).Hold);
        Assert.Equal(SevereHold.DayLimit, Read(spans, reading.HoldUntil.Value.AddSeconds(-1), s_nine.AddHours(18)).Hold);
    }

    [Fact]
    public void Limits_OfAPerson_GoBeforeTheirTeams_AndNoneAboveTheMaximum()
    {
        ShiftPlan team = new() { SeverePerShift = 120, SevereAtAStretch = 30 };
        ShiftPlan person = new() { SeverePerShift = 60, SeverePerDay = 5_000 };

        ShiftLimits limits = ShiftLimits.Of(new WellbeingOptions(), team, person);

        Assert.Equal((TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(300), TimeSpan.FromMinutes(30)), (limits.PerShift, limits.PerDay, limits.AtAStretch));
    }

    [Fact]
    public void NightShift_BelongsToTheDayItBeginsOn_AndKeepsItsHoursWhenClocksChange()
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        ShiftHours hours = new(new TimeOnly(22, 0), new TimeOnly(6, 0), ShiftDays.Saturday, zone);

        // In the night to Sunday 29 March 2026 clocks go from 2 to 3: an hour is missing.
        PlannedShift? shift = hours.At(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero));

        Assert.Equal(new PlannedShift(new DateTimeOffset(2026, 3, 28, 21, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 29, 4, 0, 0, TimeSpan.Zero)), shift);
        Assert.Null(hours.At(new DateTimeOffset(2026, 3, 29, 21, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2026, 4, 4, 20, 0, 0, TimeSpan.Zero), hours.Next(new DateTimeOffset(2026, 3, 29, 21, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData(nameof(WellbeingOptions.SevereMinutesPerShift), 301)]
    [InlineData(nameof(WellbeingOptions.SevereMinutesPerDay), 301)]
    [InlineData(nameof(WellbeingOptions.SevereMinutesAtAStretch), 0)]
    [InlineData(nameof(WellbeingOptions.PauseMinutes), 0)]
    public void Options_OutOfRange_AreNamed(string key, int value)
    {
        WellbeingOptions options = new();
        typeof(WellbeingOptions).GetProperty(key)!.SetValue(options, value);

        string fault = new WellbeingOptionsValidator().Validate(null, options).FailureMessage!;

        Assert.Contains($"Wellbeing:{key}", fault, StringComparison.Ordinal);
        Assert.True(new WellbeingOptionsValidator().Validate(null, new WellbeingOptions()).Succeeded);
    }

    [Theory]
    [InlineData(4, 4, false)]
    [InlineData(5, 5, true)]
    [InlineData(5, 9, false)]
    [InlineData(5, 10, true)]
    [InlineData(6, 7, false)]
    public void Figure_OfAGroup_IsToldWhereNeitherItNorTheRestIsSmall(int people, int ofAll, bool told)
    {
        Assert.Equal(told, ReadTeamWeeks.MayTell(people, ofAll));
    }

    private static SevereReading Read(IReadOnlyList<SevereSpan> spans, DateTimeOffset now, DateTimeOffset firstClaim) =>
        SevereMeter.Read(new SevereFacts(spans, s_limits, null, firstClaim, null), now);

    private static SevereSpan[] Hourly(DateTimeOffset from, int hours, TimeSpan each) =>
        [.. Enumerable.Range(0, hours).Select(hour => new SevereSpan(from.AddHours(hour), from.AddHours(hour) + each))];
}
