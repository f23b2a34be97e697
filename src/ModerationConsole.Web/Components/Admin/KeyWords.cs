using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Keys of programs in plain words.</summary>
public static class KeyWords
{
    private const int SoonDays = 14;

    /// <summary>Where in its life a key is.</summary>
    public static string State(KeyLine key, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(moment);
        return key switch
        {
            { RevokedAt: not null } => AdminText.Revoked,
            { ExpiresAt: { } end } when end <= moment.Now => AdminText.KeyEnded,
            { IsReplaced: true, ExpiresAt: { } end } => AdminText.KeyReplacedSoon.With(moment.Relative(end)),
            { ExpiresAt: { } end } when end <= moment.Now.AddDays(SoonDays) => AdminText.KeyEndsSoon.With(moment.Relative(end)),
            _ => AdminText.KeyWorks,
        };
    }

    /// <summary>The chip's look: what ends soon stands out, unless its successor is there.</summary>
    public static string? Chip(KeyLine key, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(moment);
        return key.IsOver(moment.Now) || key.IsReplaced ? null : key.ExpiresAt <= moment.Now.AddDays(SoonDays) ? "chip-due" : "chip-ok";
    }

    /// <summary>What it opens.</summary>
    public static string Scopes(KeyLine key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return string.Join(", ", key.Scopes.Order().Select(PermissionWords.Of));
    }

    /// <summary>Why a key could not be made; null where it was.</summary>
    public static (string Field, string Message)? Problem(CreateKeyOutcome outcome) => outcome switch
    {
        CreateKeyOutcome.Created => null,
        CreateKeyOutcome.NameInvalid => ("key-name", SharedText.NameInvalid),
        CreateKeyOutcome.ScopesInvalid => ("key-scopes", AdminText.ScopesInvalid),
        CreateKeyOutcome.EndInvalid => ("key-end", AdminText.KeyEndInvalid),
        CreateKeyOutcome.RateInvalid => ("key-rate", AdminText.KeyRateInvalid),
        CreateKeyOutcome.ProveFirst => ("", ProofText.NotProved),
        CreateKeyOutcome.NetworksInvalid => ("key-networks", AdminText.KeyNetworksInvalid),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Why a key could not be changed; null where it was.</summary>
    public static (string Field, string Message)? Problem(ChangeKeyOutcome outcome) => outcome switch
    {
        ChangeKeyOutcome.Changed => null,
        ChangeKeyOutcome.NotFound => ("", AdminText.Missing),
        ChangeKeyOutcome.Over => ("", AdminText.KeyOver),
        ChangeKeyOutcome.ProveFirst => ("", ProofText.NotProved),
        ChangeKeyOutcome.NameInvalid => ("key-name", SharedText.NameInvalid),
        ChangeKeyOutcome.RateInvalid => ("key-rate", AdminText.KeyRateInvalid),
        ChangeKeyOutcome.NetworksInvalid => ("key-networks", AdminText.KeyNetworksInvalid),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Why there is no successor; null where it was made.</summary>
    public static (string Field, string Message)? Problem(RotateKeyOutcome outcome) => outcome switch
    {
        RotateKeyOutcome.Rotated => null,
        RotateKeyOutcome.NotFound => ("", AdminText.Missing),
        RotateKeyOutcome.Over => ("", AdminText.KeyOver),
        RotateKeyOutcome.ProveFirst => ("", ProofText.NotProved),
        RotateKeyOutcome.HasSuccessor => ("", AdminText.KeyHasSuccessor),
        RotateKeyOutcome.OverlapInvalid or RotateKeyOutcome.EndInvalid => ("successor-end", AdminText.KeyEndInvalid),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
