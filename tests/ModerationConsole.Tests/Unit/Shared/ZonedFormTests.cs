using Microsoft.Extensions.Logging.Abstractions;
using ModerationConsole.Web.Components.Admin;
using ModerationConsole.Web.Components.Escalations;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Unit.Shared;

/// <summary>Which clock is the person's is known only when their browser has said so: the instants of a form stay what they are.</summary>
public sealed class ZonedFormTests
{
    private static readonly DateTime s_half = new(2026, 7, 1, 6, 30, 0);

    private static readonly Moment s_before = new(new DateTimeOffset(2026, 7, 1, 7, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);

    private static readonly Moment s_known = s_before with { Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") };

    [Fact]
    public void Notice_FilledBeforeTheZoneIsKnown_IsToldByThePersonsClock()
    {
        FormState<NoticeNewPage.Form> form = new(new NoticeNewPage.Form(s_before, s_before.Now), NullLogger.Instance);

        form.Follow(s_known);

        Assert.Equal((s_known.Local(s_known.Now).DateTime, false), (form.Model.ReceivedAt, form.Dirty));
        form.Model.ReceivedAt = s_half.AddHours(-4);
        Assert.StartsWith("2026-07-01T06:30:00", form.Model.Body().GetProperty("receivedAt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Record_OfAnAuthority_IsToldByThePersonsClockAndKeepsWhatWasTyped()
    {
        FormState<AuthorityForm.Form> form = new(new AuthorityForm.Form(s_before) { ToldAt = s_half }, NullLogger.Instance);
        form.Model.Authority = "Police";

        form.Follow(s_known);
        form.Follow(s_known);

        Assert.Equal((s_half.AddHours(-4), "Police", true), (form.Model.ToldAt, form.Model.Authority, form.Dirty));
    }
}
