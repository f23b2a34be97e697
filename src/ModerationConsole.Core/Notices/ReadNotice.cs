using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Core.Notices;

/// <summary>One thing that a notice is about.</summary>
/// <param name="Verdict">What was decided; null while it waits, or where nothing was left to decide.</param>
public sealed record NoticedItemView(
    long CaseNumber, string ItemTypeId, string ItemId, NoticeOutcome Outcome, DateTimeOffset? DecidedAt, Verdict? Verdict, DecisionGround? Ground, string? PolicyName,
    string? PolicyCode);

/// <summary>An answer that its sender was given.</summary>
/// <param name="Told">Where its telling stands; null where nobody is told, or what was told is not kept any more.</param>
public sealed record NoticeAnswerView(int Round, DateTimeOffset At, NoticeFinding Finding, string Redress, EnforcementState? Told);

/// <summary>That people were told of its clock.</summary>
public sealed record ClockAlertView(ClockAlertKind Kind, DateTimeOffset At, EnforcementState? Told);

/// <summary>A notice to read.</summary>
/// <param name="Redress">What its sender will be told of redress.</param>
public sealed record NoticeView(
    ClockRow Row, Guid Id, NoticeKind Kind, string Basis, string Sender, string? Reference, string? Scope, string? Explanation, int ClockMinutes, DateTimeOffset EnteredAt,
    bool EnteredByHand, string Redress)
{
    /// <summary>What it is about.</summary>
    public IReadOnlyList<NoticedItemView> Items { get; init; } = [];

    /// <summary>What its sender was told, the newest first.</summary>
    public IReadOnlyList<NoticeAnswerView> Answers { get; init; } = [];

    /// <summary>When people were told of its clock, oldest first.</summary>
    public IReadOnlyList<ClockAlertView> Alerts { get; init; } = [];
}

/// <summary>Reads one notice.</summary>
[Requires(Permission.ViewNotices)]
public sealed class ReadNotice(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen, NoticeFiling filing, TimeProvider clock) : IUseCase
{
    /// <summary>The notice, or null when there is none of that number that the caller may know of.</summary>
    public async Task<NoticeView?> RunAsync(Caller caller, long number, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadNotice>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Notice? notice = await db.NoticesFor(caller, held, unseen).AsNoTracking().SingleOrDefaultAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
            if (notice is null)
            {
                return null;
            }

            ClockRow row = (await ClockRows.OfAsync(db, [notice], held, clock.Now(), cancellationToken).ConfigureAwait(false))[0];
            List<FoundOfNotice> found = await FoundOfNotice.ReadAsync(db, number, cancellationToken).ConfigureAwait(false);
            return new NoticeView(
                row, notice.Id, notice.Kind, notice.Basis, notice.Sender, notice.Reference, notice.Scope, notice.Explanation, notice.ClockMinutes, notice.EnteredAt,
                notice.EnteredBy is not null, filing.Types.RedressOf(notice.Type, notice.Kind, notice.Jurisdiction))
            {
                Items = [.. found.Select(one => new NoticedItemView(
                    one.Item.CaseNumber, one.Item.ItemTypeId, one.Item.ItemId, one.Item.Outcome, one.Decision?.DecidedAt, one.Decision?.Verdict, one.Decision?.Ground,
                    one.PolicyName, one.PolicyCode))],
                Answers = await AnswersAsync(db, number, cancellationToken).ConfigureAwait(false),
                Alerts = await AlertsAsync(db, number, cancellationToken).ConfigureAwait(false),
            };
        }
    }

    private static async Task<IReadOnlyList<NoticeAnswerView>> AnswersAsync(ConsoleDbContext db, long number, CancellationToken cancellationToken) => await (
        from answer in db.Set<NoticeAnswer>()
        join message in db.Set<EnforcementAction>() on answer.DeliveryId equals message.Id into messages
        from message in messages.DefaultIfEmpty()
        where answer.NoticeNumber == number
        orderby answer.Round descending
        select new NoticeAnswerView(answer.Round, answer.At, answer.Finding, answer.Redress, message == null || message.CallbackUrl == "" ? null : message.State))
        .ToListAsync(cancellationToken).ConfigureAwait(false);

    private static async Task<IReadOnlyList<ClockAlertView>> AlertsAsync(ConsoleDbContext db, long number, CancellationToken cancellationToken) => await (
        from alert in db.Set<ClockAlert>()
        join message in db.Set<EnforcementAction>() on alert.DeliveryId equals message.Id into messages
        from message in messages.DefaultIfEmpty()
        where alert.NoticeNumber == number
        orderby alert.At
        select new ClockAlertView(alert.Kind, alert.At, message == null ? null : message.State)).ToListAsync(cancellationToken).ConfigureAwait(false);
}
