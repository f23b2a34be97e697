using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>How saving one's own settings ended.</summary>
public enum SaveMyselfOutcome
{
    Saved,
    UnknownTheme,
    UnknownTimeZone,

    /// <summary>The desk's settings are no JSON object, or too long.</summary>
    InvalidDeskSettings,
}

/// <summary>A person's own settings; null leaves one as it is.</summary>
/// <param name="Theme">One of <see cref="Themes.All"/>.</param>
/// <param name="TimeZone">IANA zone; empty means the browser's.</param>
/// <param name="DeskSettings">A JSON object.</param>
public sealed record MySettings(string? Theme = null, string? TimeZone = null, string? DeskSettings = null);

/// <summary>Saves the signed-in person's own settings.</summary>
[Requires(Permission.UseConsole)]
public sealed class SaveMyself(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Saves what <paramref name="settings"/> names.</summary>
    public async Task<SaveMyselfOutcome> RunAsync(Caller caller, MySettings settings, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveMyself>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Theme is { } theme && !Themes.All.Contains(theme))
        {
            return SaveMyselfOutcome.UnknownTheme;
        }

        if (settings.TimeZone is { Length: > 0 } zone && (zone.Length > TextLength.Id || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            return SaveMyselfOutcome.UnknownTimeZone;
        }

        if (settings.DeskSettings is { } desk && !IsObject(desk))
        {
            return SaveMyselfOutcome.InvalidDeskSettings;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                Moderator person = await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == caller.Id, cancel).ConfigureAwait(false);
                person.Theme = settings.Theme ?? person.Theme;
                person.TimeZone = settings.TimeZone ?? person.TimeZone;
                person.DeskSettings = settings.DeskSettings ?? person.DeskSettings;
                // Which of their settings a person likes how is nobody else's business: the act is recorded, not the values.
                scope.Record(caller, AuditAct.PersonChanged, subject: caller.Id.ToString());
                scope.TellOf(caller.Id, PersonChange.Profile, guard);
                return SaveMyselfOutcome.Saved;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static bool IsObject(string json)
    {
        if (json.Length > TextLength.Note)
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
