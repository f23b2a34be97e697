using System.Globalization;
using ModerationConsole.Web.Components.Admin;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Unit.Notices;

/// <summary>When a notice was received by what a person enters, on the night on which clocks show an hour twice.</summary>
public sealed class NoticeFormTests
{
    // Summer time ends at 3:00, which is 1:00 UTC.
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-10-25T00:40:20Z", null, "2026-10-25T00:40:00Z", false)]
    [InlineData("2026-10-25T01:40:20Z", null, "2026-10-25T01:40:00Z", false)]
    [InlineData("2026-10-25T01:40:20Z", "2026-10-25T02:30", "2026-10-25T00:30:00Z", true)]
    [InlineData("2026-10-25T01:40:20Z", "2026-10-25T01:30", "2026-10-24T23:30:00Z", false)]
    [InlineData("2026-10-25T07:00:00Z", "2026-10-25T03:00", "2026-10-25T02:00:00Z", false)]
    public void Received_IsWhenItWasBegunOrTheFirstOfTwo(string begun, string? entered, string received, bool twice)
    {
        DateTimeOffset now = DateTimeOffset.Parse(begun, CultureInfo.InvariantCulture);
        NoticeNewPage.Form form = new(new Moment(now, s_berlin), now);
        if (entered is not null)
        {
            form.ReceivedAt = DateTime.Parse(entered, CultureInfo.InvariantCulture);
        }

        Assert.Equal(DateTimeOffset.Parse(received, CultureInfo.InvariantCulture), form.Body().GetProperty("receivedAt").GetDateTimeOffset());
        Assert.Equal(twice, form.Twice);
    }
}
