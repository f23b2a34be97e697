using Microsoft.AspNetCore.Identity;

namespace ModerationConsole.Core.People.Factors;

/// <summary>What the web has checked: a browser holds this passkey, and its user was verified.</summary>
/// <param name="Id">Of the exchange in which it was checked; good once.</param>
/// <param name="PersonId">Whose it is.</param>
/// <param name="AskedAt">When the exchange began, UTC.</param>
/// <param name="Passkey">The passkey as it is to be kept.</param>
public sealed record CheckedPasskey(Guid Id, Guid PersonId, DateTimeOffset AskedAt, UserPasskeyInfo Passkey);

/// <summary>One of a person's own passkeys.</summary>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset CreatedAt);
