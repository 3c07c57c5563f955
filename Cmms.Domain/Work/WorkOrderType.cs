namespace Cmms.Domain.Work;

/// <summary>Why the work is done. Fixed when the order is made (seed 003).</summary>
public enum WorkOrderType
{
    /// <summary>Repairs a failure ("reactive", CORRECTIVA).</summary>
    Corrective,
    /// <summary>Planned upkeep (PREVENTIVA).</summary>
    Preventive,
    /// <summary>Looks, measures and reports.</summary>
    Inspection,
    /// <summary>Makes something better than it was.</summary>
    Improvement,
}

/// <summary>How urgent the work is.</summary>
public enum WorkOrderPriority
{
    /// <summary>Not prioritised.</summary>
    None,
    /// <summary>When there is time.</summary>
    Low,
    /// <summary>In the ordinary course of work.</summary>
    Medium,
    /// <summary>Before ordinary work.</summary>
    High,
    /// <summary>Now.</summary>
    Critical,
}

/// <summary>The stage of work that a status stands for, whatever its name.</summary>
public enum WorkOrderPhase
{
    /// <summary>Not begun (PENDIENTE).</summary>
    Pending,
    /// <summary>Someone is at work (EN_PROGRESO).</summary>
    InProgress,
    /// <summary>Waiting for something.</summary>
    OnHold,
    /// <summary>Completed (COMPLETADA).</summary>
    Done,
    /// <summary>Will not be done (CANCELADA).</summary>
    Cancelled,
}

/// <summary>What may be done next with a work order.</summary>
public enum WorkOrderTransition
{
    /// <summary>Begin the work.</summary>
    Start,
    /// <summary>Put it on hold.</summary>
    Hold,
    /// <summary>Take it up again after a hold.</summary>
    Resume,
    /// <summary>Finish it; its reserved parts become used.</summary>
    Complete,
    /// <summary>Give it up; its reserved parts are freed.</summary>
    Cancel,
    /// <summary>Take a finished or cancelled order up again; used parts return to stock.</summary>
    Reopen,
}

public static class WorkOrderPhases
{
    extension(WorkOrderPhase phase)
    {
        /// <summary>Whether nothing more happens in this phase.</summary>
        public bool IsFinal => phase is WorkOrderPhase.Done or WorkOrderPhase.Cancelled;

        /// <summary>What may be done in this phase, in the order that people think of it.</summary>
        public IReadOnlyList<WorkOrderTransition> Transitions => phase switch
        {
            WorkOrderPhase.Pending => [WorkOrderTransition.Start, WorkOrderTransition.Hold, WorkOrderTransition.Complete, WorkOrderTransition.Cancel],
            WorkOrderPhase.InProgress => [WorkOrderTransition.Hold, WorkOrderTransition.Complete, WorkOrderTransition.Cancel],
            WorkOrderPhase.OnHold => [WorkOrderTransition.Resume, WorkOrderTransition.Complete, WorkOrderTransition.Cancel],
            _ => [WorkOrderTransition.Reopen],
        };

        /// <summary>What it takes to come from this phase to another; null when there is no way, or nothing to do.</summary>
        public WorkOrderTransition? TransitionTo(WorkOrderPhase to)
        {
            WorkOrderTransition? needed = (phase, to) switch
            {
                _ when phase == to => null,
                ({ IsFinal: true }, { IsFinal: false }) => WorkOrderTransition.Reopen,
                (_, WorkOrderPhase.Cancelled) => WorkOrderTransition.Cancel,
                (_, WorkOrderPhase.Done) => WorkOrderTransition.Complete,
                (_, WorkOrderPhase.OnHold) => WorkOrderTransition.Hold,
                (WorkOrderPhase.OnHold, _) => WorkOrderTransition.Resume,
                (_, WorkOrderPhase.InProgress) => WorkOrderTransition.Start,
                _ => null,
            };
            return needed is { } transition && phase.Transitions.Contains(transition) ? needed : null;
        }
    }
}
