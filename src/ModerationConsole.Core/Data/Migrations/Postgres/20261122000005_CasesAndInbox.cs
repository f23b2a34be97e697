using System;
using Microsoft.EntityFrameworkCore.Migrations;
using ModerationConsole.Core.Cases;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CasesAndInbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PauseNote",
                table: "queue",
                type: "character varying(400)",
                maxLength: 400,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "PausedBy",
                table: "queue",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PausedUntil",
                table: "queue",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bulk_batch",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Act = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Content = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    ProposedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bulk_batch", x => x.Number);
                    table.ForeignKey(
                        name: "FK_bulk_batch_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_text",
                columns: table => new
                {
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    Words = table.Column<string>(type: "character varying(100000)", maxLength: 100000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_text", x => x.CaseNumber);
                    table.ForeignKey(
                        name: "FK_case_text_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "inbox_item",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: true),
                    TaskNumber = table.Column<long>(type: "bigint", nullable: true),
                    Subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    SettledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox_item", x => x.Id);
                    table.ForeignKey(
                        name: "FK_inbox_item_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "saved_view",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Query = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false),
                    Shared = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_view", x => x.Id);
                    table.ForeignKey(
                        name: "FK_saved_view_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "task_reservation",
                columns: table => new
                {
                    TaskNumber = table.Column<long>(type: "bigint", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    Until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_task_reservation", x => x.TaskNumber);
                    table.ForeignKey(
                        name: "FK_task_reservation_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_task_reservation_review_task_TaskNumber",
                        column: x => x.TaskNumber,
                        principalTable: "review_task",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "bulk_member",
                columns: table => new
                {
                    BatchNumber = table.Column<long>(type: "bigint", nullable: false),
                    CaseNumber = table.Column<long>(type: "bigint", nullable: false),
                    CaseStamp = table.Column<long>(type: "bigint", nullable: false),
                    TaskNumber = table.Column<long>(type: "bigint", nullable: true),
                    FromQueueId = table.Column<Guid>(type: "uuid", nullable: true),
                    State = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Reason = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    DecisionId = table.Column<Guid>(type: "uuid", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bulk_member", x => new { x.BatchNumber, x.CaseNumber });
                    table.ForeignKey(
                        name: "FK_bulk_member_bulk_batch_BatchNumber",
                        column: x => x.BatchNumber,
                        principalTable: "bulk_batch",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_bulk_member_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_bulk_member_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_case_LastEvidenceAt_Number",
                table: "case",
                columns: new[] { "LastEvidenceAt", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_case_State_Number",
                table: "case",
                columns: new[] { "State", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_bulk_batch_Id",
                table: "bulk_batch",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_bulk_batch_PersonId",
                table: "bulk_batch",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_bulk_batch_State",
                table: "bulk_batch",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_bulk_member_BatchNumber_State_CaseNumber",
                table: "bulk_member",
                columns: new[] { "BatchNumber", "State", "CaseNumber" });

            migrationBuilder.CreateIndex(
                name: "IX_bulk_member_CaseNumber",
                table: "bulk_member",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_bulk_member_DecisionId",
                table: "bulk_member",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_inbox_item_PersonId_Key",
                table: "inbox_item",
                columns: new[] { "PersonId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_inbox_item_PersonId_SettledAt_At",
                table: "inbox_item",
                columns: new[] { "PersonId", "SettledAt", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_saved_view_PersonId_Name",
                table: "saved_view",
                columns: new[] { "PersonId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_saved_view_Shared",
                table: "saved_view",
                column: "Shared");

            migrationBuilder.CreateIndex(
                name: "IX_task_reservation_PersonId",
                table: "task_reservation",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_task_reservation_Until",
                table: "task_reservation",
                column: "Until");

            foreach (string statement in PostgresText.Create("case_text"))
            {
                migrationBuilder.Sql(statement);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bulk_member");

            migrationBuilder.DropTable(
                name: "case_text");

            migrationBuilder.DropTable(
                name: "inbox_item");

            migrationBuilder.DropTable(
                name: "saved_view");

            migrationBuilder.DropTable(
                name: "task_reservation");

            migrationBuilder.DropTable(
                name: "bulk_batch");

            migrationBuilder.DropIndex(
                name: "IX_case_LastEvidenceAt_Number",
                table: "case");

            migrationBuilder.DropIndex(
                name: "IX_case_State_Number",
                table: "case");

            migrationBuilder.DropColumn(
                name: "PauseNote",
                table: "queue");

            migrationBuilder.DropColumn(
                name: "PausedBy",
                table: "queue");

            migrationBuilder.DropColumn(
                name: "PausedUntil",
                table: "queue");
        }
    }
}
