using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>What became of a view that was to be saved.</summary>
public enum SaveViewOutcome
{
    Saved,

    /// <summary>The name is empty or longer than 80 characters.</summary>
    NameInvalid,

    /// <summary>The filters are longer than they can be.</summary>
    QueryInvalid,

    /// <summary>The caller has as many as one may have.</summary>
    TooMany,
}

/// <summary>Keeps filters of the case list under a name; the caller's own view of that name is replaced.</summary>
[Requires(Permission.ViewCases)]
public sealed class SaveCaseView(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Views that one person may have.</summary>
    public const int MostPerPerson = 50;

    private const int LongestName = 80;

    /// <summary>Saves it.</summary>
    /// <param name="query">The filters as they stand in the address.</param>
    public async Task<SaveViewOutcome> RunAsync(Caller caller, string name, string query, bool shared, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveCaseView>(caller, cancellationToken).ConfigureAwait(false);
        string clean = (name ?? "").Trim();
        string filters = (query ?? "").TrimStart('?');
        return clean.Length is 0 or > LongestName || clean.Any(char.IsControl) ? SaveViewOutcome.NameInvalid
            : filters.Length > TextLength.Note || filters.Any(char.IsControl) ? SaveViewOutcome.QueryInvalid
            : await writes.RunAsync((scope, token) => SaveAsync(scope, caller, clean, filters, shared, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SaveViewOutcome> SaveAsync(
        WriteScope scope, Caller caller, string name, string query, bool shared, CancellationToken cancellationToken)
    {
        SavedView? view = await scope.Db.Set<SavedView>().SingleOrDefaultAsync(row => row.PersonId == caller.Id && row.Name == name, cancellationToken).ConfigureAwait(false);
        if (view is null)
        {
            if (await scope.Db.Set<SavedView>().CountAsync(row => row.PersonId == caller.Id, cancellationToken).ConfigureAwait(false) >= MostPerPerson)
            {
                return SaveViewOutcome.TooMany;
            }

            view = new SavedView { PersonId = caller.Id, Name = name, CreatedAt = scope.Now };
            scope.Db.Add(view);
        }

        (view.Query, view.Shared) = (query, shared);
        scope.Record(caller, AuditAct.CaseViewSaved, subject: view.Id.ToString(), details: new Dictionary<string, object?> { ["shared"] = shared });
        return SaveViewOutcome.Saved;
    }
}
