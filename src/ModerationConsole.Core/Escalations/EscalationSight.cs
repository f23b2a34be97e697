using System.Security.Cryptography;
using System.Text;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Escalations;

/// <summary>Which escalations someone may know of. Every use case about one starts here.</summary>
internal static class EscalationSight
{
    /// <summary>
    /// Those about cases that are there for the caller, and of these all for who may see or rule on them; otherwise what the caller
    /// asked or was consulted about.
    /// </summary>
    public static IQueryable<Escalation> EscalationsInSightOf(
        this ConsoleDbContext db, Caller caller, IReadOnlySet<Permission> permissions, IUnseenCases unseen)
    {
        IQueryable<Case> cases = db.Set<Case>().VisibleTo(db, caller, permissions, unseen);
        IQueryable<Escalation> rows = db.Set<Escalation>().Where(row => cases.Any(about => about.Number == row.CaseNumber));
        if (permissions.Contains(Permission.ViewEscalations) || permissions.Contains(Permission.RuleOnEscalations))
        {
            return rows;
        }

        Guid me = caller.Id;
        return rows.Where(row => row.AskedBy == me || db.Set<EscalationConsult>().Any(asked => asked.EscalationId == row.Id && asked.PersonId == me));
    }
}

/// <summary>What the audit holds of words: that these were written, not what they say.</summary>
internal static class TextHash
{
    public static string Of(string words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)));
}
