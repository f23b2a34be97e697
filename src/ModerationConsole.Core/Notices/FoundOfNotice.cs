using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Notices;

/// <summary>What was found about one thing that a notice names.</summary>
/// <param name="Decision">The decision in force; null where nothing was left to decide.</param>
/// <param name="PolicyName">Name of the policy when it was decided.</param>
/// <param name="PolicyCode">Its short number then.</param>
internal sealed record FoundOfNotice(NoticeItem Item, Case About, Decision? Decision, string? PolicyName, string? PolicyCode)
{
    /// <summary>Whether something was found against it.</summary>
    public bool ActedOn => Decision?.Verdict == Verdict.Violation;

    /// <summary>What was found about all that a notice names, in its order.</summary>
    public static async Task<List<FoundOfNotice>> ReadAsync(ConsoleDbContext db, long number, CancellationToken cancellationToken)
    {
        var rows = await (
            from item in db.Set<NoticeItem>()
            join about in db.Set<Case>() on item.CaseNumber equals about.Number
            join made in db.Set<Decision>() on item.DecisionId equals made.Id into decisions
            from made in decisions.DefaultIfEmpty()
            join policy in db.Set<PolicyVersion>() on made.PolicyVersionId equals policy.Id into policies
            from policy in policies.DefaultIfEmpty()
            where item.NoticeNumber == number
            orderby item.Position
            select new { Item = item, About = about, Decision = made, Name = policy == null ? null : policy.Name, Code = policy == null ? null : policy.Code })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new FoundOfNotice(row.Item, row.About, row.Decision, row.Name, row.Code))];
    }

    /// <summary>All of it in a word.</summary>
    public static NoticeFinding Sum(IReadOnlyList<FoundOfNotice> all) => all.Count(one => one.ActedOn) switch
    {
        0 => all.Any(one => one.Decision?.Verdict == Verdict.Allow) ? NoticeFinding.NotActedOn : NoticeFinding.NotJudged,
        int some when some == all.Count => NoticeFinding.ActedOn,
        _ => NoticeFinding.ActedOnInPart,
    };
}
