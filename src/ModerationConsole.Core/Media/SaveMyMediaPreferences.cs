using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>How saving one's media preferences ended.</summary>
public enum SaveMediaPreferencesOutcome
{
    Saved,

    /// <summary>A value is out of its bounds.</summary>
    OutOfBounds,

    /// <summary>A category is blank, too long, or spelled otherwise than <see cref="MyMediaPreferences.Key"/> does.</summary>
    UnusableCategory,

    /// <summary>More categories than a person may set apart.</summary>
    TooManyCategories,
}

/// <summary>
/// Saves how the caller wants media shown, in place of what was saved before. Leaves no audit entry: what someone finds hard to
/// look at, and that they changed it, is theirs alone.
/// </summary>
[Requires(Permission.UseConsole)]
public sealed class SaveMyMediaPreferences(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Saves all of it, or says why nothing was.</summary>
    public async Task<SaveMediaPreferencesOutcome> RunAsync(Caller caller, MyMediaPreferences chosen, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveMyMediaPreferences>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(chosen);
        if (Check(chosen) is var outcome && outcome != SaveMediaPreferencesOutcome.Saved)
        {
            return outcome;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                List<MediaPreference> rows = await scope.Db.Set<MediaPreference>().Where(row => row.PersonId == caller.Id).ToListAsync(cancel).ConfigureAwait(false);
                scope.Db.RemoveRange(rows.Where(row => !chosen.ByCategory.ContainsKey(row.Category)));
                foreach ((string category, MediaPreferences preferences) in chosen.ByCategory)
                {
                    MediaPreference? row = rows.Find(one => one.Category == category);
                    if (row is null)
                    {
                        row = new MediaPreference { PersonId = caller.Id, Category = category };
                        scope.Db.Add(row);
                    }

                    row.Write(preferences);
                }

                return SaveMediaPreferencesOutcome.Saved;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static SaveMediaPreferencesOutcome Check(MyMediaPreferences chosen) =>
        chosen.ByCategory.Count > MyMediaPreferences.MostCategories + 2 ? SaveMediaPreferencesOutcome.TooManyCategories
        : !chosen.ByCategory.Keys.All(IsUsable) ? SaveMediaPreferencesOutcome.UnusableCategory
        : chosen.ByCategory.Values.All(preferences => preferences.IsValid) ? SaveMediaPreferencesOutcome.Saved
        : SaveMediaPreferencesOutcome.OutOfBounds;

    private static bool IsUsable(string category) =>
        category is MyMediaPreferences.Everything or MyMediaPreferences.Severe
        || (category.Length is > 0 and <= TextLength.Id && category == MyMediaPreferences.Key(category));
}
