using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Cases;

/// <summary>What became of a comment.</summary>
public enum CommentOutcome
{
    Written,

    /// <summary>It holds nothing but blanks.</summary>
    Empty,

    /// <summary>It is longer than 5 000 characters.</summary>
    TooLong,

    /// <summary>There is no case of that number that the caller may know of.</summary>
    NoCase,
}

/// <summary>Writes a comment beside a case, for the team only. The audit holds that it was written and its hash, not its words.</summary>
[Requires(Permission.ReviewCases)]
public sealed class CommentOnCase(WritePath writes, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    /// <summary>Adds the comment.</summary>
    public async Task<CommentOutcome> RunAsync(Caller caller, long caseNumber, string text, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<CommentOnCase>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        // PostgreSQL cannot hold U+0000 in text.
        string words = (text ?? "").Replace('\0', '\uFFFD').Trim();
        if (words.Length is 0 or > TextLength.Note)
        {
            return words.Length == 0 ? CommentOutcome.Empty : CommentOutcome.TooLong;
        }

        return await writes.RunAsync((scope, cancel) => WriteAsync(scope, caller, caseNumber, words, permissions, cancel), cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommentOutcome> WriteAsync(
        WriteScope scope, Caller caller, long caseNumber, string words, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        Sensitivity? sensitivity = await scope.Db.Set<Case>().VisibleTo(scope.Db, caller, permissions, unseen).Where(about => about.Number == caseNumber)
            .Select(about => (Sensitivity?)about.Sensitivity).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (sensitivity is null)
        {
            return CommentOutcome.NoCase;
        }

        CaseComment comment = new() { CaseNumber = caseNumber, PersonId = caller.Kind == CallerKind.Person ? caller.Id : null, Text = words, At = scope.Now };
        scope.Db.Add(comment);
        scope.Record(caller, AuditAct.CaseCommented, caseNumber, subject: comment.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words))),
        });
        scope.Publish(LiveKind.CaseChanged, caseNumber, childSafety: sensitivity == Sensitivity.ChildSafety);
        return CommentOutcome.Written;
    }
}
