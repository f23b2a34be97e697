using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>What the platform answered last, in plain words.</summary>
public static class DeliveryProblems
{
    /// <summary>"Answered 500", "No answer in time"; empty before the first try.</summary>
    public static string Of(int? status, string? problem) => (status, problem) switch
    {
        ({ } answered, _) => AdminText.Answered.With(answered.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        (_, "timeout") => AdminText.ProblemTimeout,
        (_, "unreachable") => AdminText.ProblemUnreachable,
        (_, "address-refused") => AdminText.ProblemAddress,
        (_, null) => "",
        (_, var other) => other,
    };
}
