using ModerationConsole.Core.Enforcement;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>What becomes of an action, in plain words.</summary>
public static class DeliveryWords
{
    /// <summary>What it tells: an action by its name, the result of an appeal, or what a legal notice asks to tell.</summary>
    public static string Name(DeliveryKind kind, string actionName) => kind switch
    {
        DeliveryKind.Action or DeliveryKind.StrikeAction => actionName,
        DeliveryKind.AppealResult => SharedText.AppealResult,
        DeliveryKind.NoticeResult => SharedText.NoticeResult,
        DeliveryKind.ClockAlert => SharedText.ClockAlert,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>"Waiting", "Sent", "Taken back".</summary>
    public static string State(EnforcementState state) => state switch
    {
        EnforcementState.Pending => SharedText.DeliveryWaiting,
        EnforcementState.Delivering => SharedText.DeliveryBeingSent,
        EnforcementState.Delivered => SharedText.DeliverySent,
        EnforcementState.Failed => SharedText.DeliveryFailed,
        EnforcementState.Cancelled => SharedText.DeliveryTakenBack,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Class of the chip that says it.</summary>
    public static string? Chip(EnforcementState state) => state switch
    {
        EnforcementState.Delivered => "chip-ok",
        EnforcementState.Failed => "chip-due",
        EnforcementState.Pending or EnforcementState.Delivering or EnforcementState.Cancelled => null,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>What it is done to.</summary>
    public static string Target(ActionTarget target) => target switch
    {
        ActionTarget.Item => SharedText.TargetItem,
        ActionTarget.Author => SharedText.TargetAuthor,
        ActionTarget.RelatedItem => SharedText.TargetRelated,
        _ => throw new ArgumentOutOfRangeException(nameof(target)),
    };
}
