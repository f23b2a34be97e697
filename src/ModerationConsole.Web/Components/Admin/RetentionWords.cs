using System.Globalization;
using ModerationConsole.Core.Retention;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Classes of records as people read them. Each has words; a test says so.</summary>
public static class RetentionWords
{
    /// <summary>"Deliveries".</summary>
    public static string Name(string @class) => Of("Class", @class) ?? @class;

    /// <summary>What is in it and from when its days count.</summary>
    public static string About(string @class) => Of("About", @class) ?? "";

    /// <summary>Why a period was not set.</summary>
    public static string? Problem(SetRetentionOutcome outcome, ClassShown about) => outcome switch
    {
        SetRetentionOutcome.Saved => null,
        SetRetentionOutcome.TooShort => RetentionText.TooShort.With(about.LeastDays),
        SetRetentionOutcome.TooLong => RetentionText.TooLong.With(SetRetention.MostDays),
        SetRetentionOutcome.Crossed => RetentionText.Crossed,
        SetRetentionOutcome.Changed or SetRetentionOutcome.Unknown => RetentionText.Changed,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>Why a hold was not placed, and by which field.</summary>
    public static (string Field, string Message)? Problem(HoldOutcome outcome) => outcome switch
    {
        HoldOutcome.Placed or HoldOutcome.Lifted => null,
        HoldOutcome.SubjectMissing => ("hold-case", RetentionText.HoldSubjectMissing),
        HoldOutcome.CaseMissing => ("hold-case", RetentionText.HoldCaseMissing),
        HoldOutcome.ReasonMissing => ("hold-reason", RetentionText.HoldReasonMissing),
        HoldOutcome.HeldAlready => ("hold-case", RetentionText.HeldAlready),
        HoldOutcome.Gone => ("", AdminText.Missing),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static string? Of(string kind, string @class) =>
        RetentionText.ResourceManager.GetString(kind + @class.Replace("-", "", StringComparison.Ordinal), CultureInfo.CurrentUICulture);
}
